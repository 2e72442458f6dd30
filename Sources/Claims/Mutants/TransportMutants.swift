import GatedCells
import LearnabilityWindow

extension Mutant {
  static let transport: [Mutant] = [
    Mutant(
      "transport.offByOneLag", "the window of lag ℓ holds ℓ + 1 steps", killedBy: ["TR-01"]
    ) { system in
      system.transport.factors = { splits, time, lags in
        DiagonalTransport.factors(splits, time: time, lags: lags.map { min($0 + 1, time + 1) }.uniqued)
      }
    },
    Mutant(
      "transport.correctionTwice", "the first-order correction counts twice", killedBy: ["TR-02"]
    ) { system in
      system.transport.factors = { splits, time, lags in
        DiagonalTransport.factors(splits, time: time, lags: lags).map { row in
          row.map { TransportFactor(zeroth: $0.zeroth, correction: 2 * $0.correction) }
        }
      }
    },
  ]
}

extension [Int] {
  /// Without repeats of the element before.
  fileprivate var uniqued: [Int] { enumerated().filter { $0 == 0 || self[$0 - 1] != $1 }.map(\.1) }
}
