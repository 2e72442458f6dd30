import Foundation
import Kernels
import Testing

@Suite struct LagTransportTests {
  private typealias Vector = LagTransport.Vector

  private static let steps = 70
  private static let parts = 2
  private static let rowLength = 3
  private static let readout = [0.7, -1.3]
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
      signs: (0..<lags.count * parts).map { $0 % 3 == 0 ? -1 : 1 }, keepEvery: 3, level: level)
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

  /// One block: the sums are those of `Γ = Π d + Σ_j e_j Π_{i≠j} d_i`, written out term by term.
  @Test func sumsAreTheExpandedProducts() {
    let result = Self.transport(twoBlock: false, level: .best)
    let count = Self.steps * Self.rowLength
    let retention = Self.vectors(1, offset: 0.8, size: 0.15, count: count)
    let coupling = Self.vectors(2, size: 0.1, count: count)
    let base = Self.vectors(3, count: count)
    let sensitivity = Self.vectors(4, count: count)
    let slopes = Self.vectors(9, count: Self.steps)
    for (index, lag) in Self.lags.enumerated() {
      for part in 0..<Self.parts {
        for lane in 0..<8 {
          var (rate, transport, projected) = (0.0, 0.0, 0.0)
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
            projected += mu * Self.readout[part] * slopes[time][lane] * sensitivity[start][lane]
          }
          // At most 22 factors and 22 insertions, each a chain of at most 24 roundings, and 22 summands of size at most
          // (0.95^ℓ)(1 + 0.12ℓ) ≤ 2: 22·2·(24 + 22 + 22)·u < 4e-13.
          let at = index * Self.parts + part
          #expect(abs(result.transport[at][lane] - transport) <= 4e-13)
          #expect(abs(result.rate[at][lane] - rate) <= 4e-13)
          #expect(abs(result.projected[at][lane] - projected) <= 4e-13)
        }
      }
    }
  }
}
