import Dispatch
import Foundation
import Kernels

func value(after flag: String) -> String? {
  guard let index = CommandLine.arguments.firstIndex(of: flag), index + 1 < CommandLine.arguments.count else {
    return nil
  }
  return CommandLine.arguments[index + 1]
}

let threads = value(after: "--threads").flatMap(Int.init) ?? FusedNetwork.defaultThreads
let level = value(after: "--level").flatMap(CPULevel.init(rawValue:)) ?? .best
let cells =
  value(after: "--cells").map { $0.split(separator: ",").compactMap { CellKind(rawValue: String($0)) } }
  ?? CellKind.allCases
let sizes: [[Int]] =
  value(after: "--sizes").map {
    $0.split(separator: "/").map { $0.split(separator: ",").compactMap { Int($0) } }
  } ?? [[16, 256, 16, 64], [64, 256, 16, 64], [64, 1024, 16, 128], [512, 256, 16, 128]]
let norms: [Bool] = value(after: "--norm").map { $0 == "both" ? [false, true] : [$0 == "yes"] } ?? [false]
let forwardOnly = CommandLine.arguments.contains("--forward")
let seconds = value(after: "--seconds").flatMap(Double.init) ?? 0.5

struct Uniform {
  var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func next() -> Float {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Float(state >> 40) / Float(1 << 24) * 2 - 1
  }
}

var random = Uniform()
if CommandLine.arguments.contains("--elementary") {
  let values = (0..<4096).map { _ in 4 * random.next() }
  for function in ElementaryFunction.allCases {
    var best = Double.infinity
    for _ in 0..<2000 {
      let start = DispatchTime.now().uptimeNanoseconds
      _ = try function(values, level: level)
      best = min(best, Double(DispatchTime.now().uptimeNanoseconds - start))
    }
    print(function, String(format: "%.2f Gelem/s", Double(values.count) / best))
  }
}
print("level \(level.rawValue), threads \(threads)")
for size in sizes {
  let (batch, steps, inputSize, hidden) = (size[0], size[1], size[2], size[3])
  let inputs = (0..<batch * steps * inputSize).map { _ in random.next() }
  let targets = (0..<batch * steps).map { _ in random.next() }
  for norm in norms {
    for cell in cells {
      let shape = NetworkShape(cell: cell, inputSize: inputSize, hiddenSize: hidden, layerNorm: norm)
      let network = try FusedNetwork(shape: shape, steps: steps, threads: threads, level: level)
      let scale = 1 / Float(hidden).squareRoot()
      let parameters = (0..<shape.parameterCount).map { _ in random.next() * scale }
      var gradient = [Float](repeating: 0, count: shape.parameterCount)
      var samples: [Double] = []
      var loss = 0.0
      let begin = DispatchTime.now().uptimeNanoseconds
      while samples.count < 5 || Double(DispatchTime.now().uptimeNanoseconds - begin) < seconds * 1e9 {
        let start = DispatchTime.now().uptimeNanoseconds
        if forwardOnly {
          loss = try network.loss(parameters: parameters, inputs: inputs, targets: targets, batch: batch)
        } else {
          loss = try network.lossAndGradient(
            parameters: parameters, inputs: inputs, targets: targets, batch: batch, gradient: &gradient)
        }
        samples.append(Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-6)
      }
      samples.removeFirst(2)
      samples.sort()
      let median = samples[samples.count / 2]
      let operations = shape.matrixOperations(batch: batch, steps: steps)
      print(
        String(
          format: "%@ %@ ln=%d  %.3f ms (min %.3f max %.3f) %.0f GF/s loss %.6f", "\(size)", cell.rawValue,
          norm ? 1 : 0, median, samples[0], samples[samples.count - 1], operations / median * 1e-6, loss))
    }
  }
}
