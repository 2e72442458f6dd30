import Foundation
import KernelRegime

// regimebench                     the benchmark
// regimebench WIDTH ITERATIONS    the benchmark at another size
// regimebench experiment [short|boundary|long] [ACTIVATION]
let words = Array(CommandLine.arguments.dropFirst())
if words.first == "experiment" {
  var configuration = KernelExperimentConfiguration()
  if words.count > 1, let regime = MemoryLength(rawValue: words[1]) { configuration.regime = regime }
  if words.count > 2 { configuration.activation = words[2] }
  let result = try KernelExperiment.run(configuration: configuration)
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  print(String(decoding: try encoder.encode(result), as: UTF8.self))
} else {
  let sizes = words.compactMap { Int($0) }
  for row in try DescentBenchmark.rows(
    width: sizes.first ?? 65_536, iterations: sizes.dropFirst().first ?? 1000)
  {
    print(row.description)
  }
}
