import Foundation
import Kernels
import Testing

@Suite struct LagTransportTests {
  private typealias Vector = LagTransport.Vector

  private static let steps = 70
  private static let parts = 2
  private static let rowLength = 3
  private static let readout = [0.7, -1.3]
  private static let keepEvery = 4
  private static let signs: [Double] = (0..<lags.count * parts).map { $0 % 3 == 0 ? -1 : 1 }
  private static let lags = [1, 2, 5, 13, 22]

  private static func vectors(_ phase: Double, offset: Double = 0, size: Double = 1, count: Int) -> [Vector] {
    (0..<count).map { step in
      var vector = Vector.zero
      for lane in 0..<8 { vector[lane] = offset + size * sin(0.9 * Double(8 * step + lane) + phase) }
      return vector
    }
  }

  /// The sums of a transport with or without an output block.
  private static func transport(twoBlock: Bool, level: CPULevel) -> LagTransport {
    let count = steps * rowLength
    let blocks = LagTransport.Blocks(
      expression: vectors(5, size: 0.7, count: count), memoryToOutput: vectors(6, size: 0.2, count: count),
      outputToMemory: vectors(7, size: 0.3, count: count), outputToOutput: vectors(8, size: 0.1, count: count)
    )
    return LagTransport(
      steps: steps, parts: parts, rowLength: rowLength, lags: lags,
      retention: vectors(1, offset: 0.8, size: 0.15, count: count),
      coupling: vectors(2, size: 0.1, count: count), blocks: twoBlock ? blocks : nil, firstOrder: true,
      baseRate: vectors(3, count: count), sensitivity: vectors(4, count: count),
      errorSlope: vectors(9, count: steps), readout: readout,
      signs: signs, keepEvery: keepEvery, level: level)
  }

  /// Every CPU level gives the same bits, for cells with and without an output block.
  @Test(arguments: [false, true])
  func levelsAgreeBitForBit(twoBlock: Bool) {
    let first = Self.transport(twoBlock: twoBlock, level: .baseline)
    for level in CPULevel.supported {
      let other = Self.transport(twoBlock: twoBlock, level: level)
      #expect(
        first.rate == other.rate && first.transport == other.transport && first.projected == other.projected
          && first.sensitivity == other.sensitivity && first.kept == other.kept, "\(level)")
    }
  }

  /// One block: sums and kept terms are those of `Γ = Π d + Σ_j e_j Π_{i≠j} d_i`, written out term by term.
  @Test func sumsAreTheExpandedProducts() {
    let result = Self.transport(twoBlock: false, level: .best)
    let count = Self.steps * Self.rowLength
    let retention = Self.vectors(1, offset: 0.8, size: 0.15, count: count)
    let coupling = Self.vectors(2, size: 0.1, count: count)
    let base = Self.vectors(3, count: count)
    let sensitivity = Self.vectors(4, count: count)
    let slopes = Self.vectors(9, count: Self.steps)
    for (index, lag) in Self.lags.enumerated() {
      let keptTimes = (lag..<Self.steps).filter { $0.isMultiple(of: Self.keepEvery) }
      #expect(result.kept[index].count == keptTimes.count)
      var kept = [[Double]](repeating: [Double](repeating: 0, count: 8), count: keptTimes.count)
      for part in 0..<Self.parts {
        for lane in 0..<8 {
          var (rate, transport, projected, statistic) = (0.0, 0.0, 0.0, 0.0)
          for time in lag..<Self.steps {
            let window = (time - lag + 1...time).map { $0 * Self.rowLength + part }
            var gamma = window.reduce(1) { $0 * retention[$1][lane] }
            for inserted in window {
              gamma +=
                coupling[inserted][lane]
                * window.filter { $0 != inserted }.reduce(1) { $0 * retention[$1][lane] }
            }
            let start = (time - lag) * Self.rowLength + part
            let mu = base[start][lane] * gamma
            transport += abs(gamma)
            rate += abs(mu)
            let term = Self.readout[part] * slopes[time][lane] * sensitivity[start][lane]
            projected += mu * term
            statistic += term
            if let number = keptTimes.firstIndex(of: time) {
              kept[number][lane] += Self.signs[index * Self.parts + part] * mu * term
            }
          }
          // At most 22 factors and 22 insertions, each a chain of at most 24 roundings, and 69 summands of size at most
          // 1.3 (0.95^ℓ)(1 + 0.12ℓ) ≤ 2.6: 69·2.6·(24 + 22 + 69)·u < 2.4e-12.
          let at = index * Self.parts + part
          #expect(abs(result.transport[at][lane] - transport) <= 2.4e-12)
          #expect(abs(result.rate[at][lane] - rate) <= 2.4e-12)
          #expect(abs(result.projected[at][lane] - projected) <= 2.4e-12)
          #expect(abs(result.sensitivity[at][lane] - statistic) <= 2.4e-12)
        }
      }
      for number in keptTimes.indices {
        for lane in 0..<8 {
          #expect(abs(result.kept[index][number][lane] - kept[number][lane]) <= 2.4e-12)
        }
      }
    }
  }
}
