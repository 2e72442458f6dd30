import Foundation

// stablebench speed | efficiency [n replicates] | asymptotic

let arguments = CommandLine.arguments.dropFirst()
let indices = [1.1, 1.3, 1.5, 1.7, 1.9]
switch arguments.first {
case "speed":
  var speed = Speed()
  try speed.run()
  speed.report()
case "efficiency":
  let numbers = arguments.dropFirst().compactMap { Int($0) }
  try Efficiency(sampleCount: numbers.first ?? 10_000, replicates: numbers.dropFirst().first ?? 400)
    .run(tailIndices: indices)
case "asymptotic":
  try Efficiency.asymptotic(tailIndices: [1.01, 1.05] + indices + [1.95, 1.99])
default:
  FileHandle.standardError.write(
    Data("usage: stablebench speed | efficiency [n replicates] | asymptotic\n".utf8))
  exit(2)
}
