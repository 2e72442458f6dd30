import Foundation
import Numerics
import Testing

/// Half a unit in the last place of 1: the relative error of one rounding.
let unitRoundoff = 0x1p-53

/// Whether two numbers agree within `operations` roundings relative to the larger, with a floor of that many roundings of 1e-290.
func agree(_ a: Double, _ b: Double, operations: Int) -> Bool {
  (a - b).magnitude <= Double(operations) * unitRoundoff * max(a.magnitude, b.magnitude, 1e-290)
}

/// Whether two numbers agree within `operations` roundings of numbers of size `scale`.
func agree(_ a: Double, _ b: Double, operations: Int, scale: Double) -> Bool {
  (a - b).magnitude <= Double(operations) * unitRoundoff * scale
}

/// A stream of random numbers for one test.
func stream(_ purpose: String) -> RandomStream { RandomStream(seed: 20_26, purpose: "oracles." + purpose) }

extension RandomStream {
  mutating func normals(_ count: Int) -> [Double] { (0..<count).map { _ in normal() } }

  mutating func uniforms(_ count: Int, in range: ClosedRange<Double> = 0...1) -> [Double] {
    (0..<count).map { _ in range.lowerBound + (range.upperBound - range.lowerBound) * uniform() }
  }

  mutating func matrix(_ size: Int, scale: Double = 1) -> [[Double]] {
    (0..<size).map { _ in normals(size).map { scale * $0 } }
  }
}

/// Composite Simpson rule with `2 n` panels.
func simpson(from a: Double, to b: Double, panels n: Int = 20_000, _ f: (Double) -> Double) -> Double {
  let h = (b - a) / Double(2 * n)
  var sum = f(a) + f(b)
  for k in 1..<(2 * n) { sum += (k % 2 == 1 ? 4 : 2) * f(a + Double(k) * h) }
  return sum * h / 3
}

/// One cell case of `Fixtures/torch`, made by PyTorch in double precision.
struct TorchCase: Decodable {
  let name: String
  let cell: String
  let layerNorm: Bool
  let hidden: Int
  let input: Int
  let steps: Int
  let sequences: Int
  let stateWidth: Int
  let constantGate: String?
  let parameters: [String]
  let inputs: [String]
  let initialState: [String]
  let states: [String]
  let jacobians: [String]
  let errorBound: [String: String]

  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/torch")

  static let names = ["const", "shared", "diag", "gru", "lstm"].flatMap { cell in
    ["plain", "norm", "norm-start"].map { "\(cell)-\($0)" }
  }

  static func load(_ name: String) throws -> TorchCase {
    try JSONDecoder().decode(
      TorchCase.self, from: Data(contentsOf: folder.appendingPathComponent("\(name).json")))
  }
}

/// Hexadecimal floats as numbers; a malformed one becomes NaN, which no comparison accepts.
func numbers(_ texts: [String]) -> [Double] { texts.map { Double($0) ?? .nan } }

extension Array {
  /// Consecutive pieces of the given length.
  func pieces(_ length: Int) -> [[Element]] {
    stride(from: 0, to: count, by: length).map { Array(self[$0..<Swift.min($0 + length, count)]) }
  }
}
