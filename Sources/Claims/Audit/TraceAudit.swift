import Numerics
import TensorFiles

/// Claims checked on a recording of a cell that exists only elsewhere.
///
/// The arrays of the file, T steps of H units, the last index fastest:
///
/// | array | shape | meaning |
/// |---|---|---|
/// | `retention` | T × H | what multiplies the memory before each step: forget gate, or one minus the leak |
/// | `memory` | (T + 1) × H | the memory before the first step and after each |
/// | `written` | T × H | what each step adds: `memory[t+1] = retention[t] ⊙ memory[t] + written[t]` |
/// | `jacobian` | T × H × H | optional: `∂memory[t+1]/∂memory[t]`, with everything that depends on it |
/// | `direct` | T × H | with `jacobian`: `∂E/∂memory[t+1]` at fixed later states |
/// | `adjoint` | T × H | with `jacobian`: the total `dE/dmemory[t+1]` |
///
/// Backpropagation then reads `adjoint[t] = jacobian[t+1]ᵀ adjoint[t+1] + direct[t]`.
public struct TraceAudit: Sendable {
  /// One claim on the recording.
  public struct Finding: Sendable, Hashable {
    public let id: String
    public let title: String
    /// The largest error over its bound.
    public let worst: Double
    /// Where it fails worst, in words, or nil when the claim holds.
    public let failure: String?
  }

  public let steps: Int
  public let units: Int
  public let findings: [Finding]
  /// `−1 / mean log retention` of each unit: the time scale of its zeroth-order transport; infinite when nothing is lost.
  public let timeScales: [Double]
  /// `Σ_q |∏ retention|` over windows that end at the last step, for lags 1…T, divided by H.
  public let meanTransport: [Double]

  public var isConfirmed: Bool { findings.allSatisfy { $0.failure == nil } }

  /// - Throws: `TensorFileError` naming file, tensor and expectation.
  public init(_ file: TensorFile) throws {
    let retention = try file.tensor("retention", shape: [nil, nil])
    let (steps, units) = (retention.shape[0], retention.shape[1])
    guard steps >= 1, units >= 1 else {
      throw TensorFileError.unsupported(
        file: file.path, tensor: "retention",
        "has shape \(retention.shape); expected at least one step and one unit")
    }
    let memory = try file.tensor("memory", shape: [steps + 1, units])
    let written = try file.tensor("written", shape: [steps, units])
    let hasJacobian = ["jacobian", "direct", "adjoint"].contains { file.tensors[$0] != nil }
    let jacobian = try hasJacobian ? file.tensor("jacobian", shape: [steps, units, units]) : nil
    let direct = try hasJacobian ? file.tensor("direct", shape: [steps, units]) : nil
    let adjoint = try hasJacobian ? file.tensor("adjoint", shape: [steps, units]) : nil
    // Numbers that single precision holds exactly were recorded in it.
    let all = [retention, memory, written] + [jacobian, direct, adjoint].compactMap(\.self)
    let isSingle = all.allSatisfy { $0.values.allSatisfy { Double(Float($0)) == $0 } }
    let unit = isSingle ? 0x1p-24 : 0x1p-53

    var range = Worst()
    var update = Worst()
    var backward = Worst()
    for time in 0..<steps {
      for q in 0..<units {
        let at = time * units + q
        let factor = retention.values[at]
        range.see(max(-factor, factor - 1) / (2 * unit)) { "retention[\(time), \(q)] = \(factor)" }
        let (before, added, after) = (memory.values[at], written.values[at], memory.values[at + units])
        // Two roundings of the recorder's product and sum, and one of each recorded number, with room for gates that
        // were rounded before they were used.
        let bound = 8 * unit * (abs(factor * before) + abs(added) + abs(after)) + 0x1p-120
        let error = abs(factor * before + added - after)
        update.see(error / bound) {
          "at [\(time), \(q)]: \(factor) · \(before) + \(added) is not \(after)"
        }
      }
    }
    if let jacobian, let direct, let adjoint {
      for time in 0..<steps {
        for q in 0..<units {
          let at = time * units + q
          var sum = direct.values[at]
          var size = abs(sum)
          if time + 1 < steps {
            for row in 0..<units {
              let term =
                jacobian.values[((time + 1) * units + row) * units + q] * adjoint.values[at - q + units + row]
              sum += term
              size += abs(term)
            }
          }
          // An inner product of H + 1 terms in any order, on rounded entries that were sums of about H terms each.
          let bound = 8 * Double(units + 2) * unit * (size + abs(adjoint.values[at])) + 0x1p-120
          backward.see(abs(sum - adjoint.values[at]) / bound) {
            "adjoint[\(time), \(q)] is \(adjoint.values[at]); the recursion gives \(sum)"
          }
        }
      }
    }
    self.steps = steps
    self.units = units
    findings =
      [
        range.finding("TC-01", "retention factors lie in [0, 1]"),
        update.finding("TC-02", "memory is retention times memory plus what is written"),
      ] + (hasJacobian ? [backward.finding("TC-03", "the adjoint obeys backpropagation through time")] : [])
    timeScales = (0..<units).map { q in
      let logs = (0..<steps).map { Double.log(max(retention.values[$0 * units + q], 0)) }
      let mean = logs.reduce(0, +) / Double(steps)
      return mean < 0 ? -1 / mean : .infinity
    }
    var product = [Double](repeating: 1, count: units)
    meanTransport = (0..<steps).reversed().map { time in
      for q in 0..<units { product[q] *= retention.values[time * units + q] }
      return product.reduce(0) { $0 + abs($1) } / Double(units)
    }
  }

  /// The largest error over its bound so far, and where.
  private struct Worst {
    var ratio = 0.0
    var place = ""

    mutating func see(_ ratio: Double, _ place: () -> String) {
      guard ratio > self.ratio else { return }
      self.ratio = ratio
      if ratio > 1 { self.place = place() }
    }

    func finding(_ id: String, _ title: String) -> Finding {
      Finding(id: id, title: title, worst: ratio, failure: ratio > 1 ? place : nil)
    }
  }
}
