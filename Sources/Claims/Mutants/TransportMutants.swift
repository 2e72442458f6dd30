import GatedCells
import LearnabilityWindow
import Numerics

extension SystemUnderTest {
  fileprivate mutating func changeFactors(
    _ change: @escaping @Sendable (_ factor: TransportFactor, _ lag: Int) -> TransportFactor
  ) {
    let reference = transport.factors
    transport.factors = { splits, time, lags in
      zip(reference(splits, time, lags), lags).map { row, lag in row.map { change($0, lag) } }
    }
  }

  fileprivate mutating func changeSplits(
    _ change: @escaping @Sendable (DiagonalSplit<Double>) -> DiagonalSplit<Double>
  ) {
    let reference = transport.factors
    transport.factors = { reference($0.map(change), $1, $2) }
  }
}

extension Mutant {
  /// Mistakes in transport.
  static let transport: [Mutant] = [
    Mutant(
      "transport.offByOneLag", "the window of lag ℓ holds ℓ + 1 steps",
      killedBy: ["TR-01", "TR-02", "TR-05", "TR-15", "TR-37"]
    ) { system in
      system.transport.factors = { splits, time, lags in
        lags.map { DiagonalTransport.factors(splits, time: time, lags: [min($0 + 1, time + 1)])[0] }
      }
    },
    Mutant(
      "transport.shiftedWindow", "the window ends one step before t",
      killedBy: ["TR-01", "TR-15", "TR-16"]
    ) { system in
      system.transport.factors = { splits, time, lags in
        let end = max(time - 1, 0)
        return lags.map { DiagonalTransport.factors(splits, time: end, lags: [min($0, end + 1)])[0] }
      }
    },
    Mutant(
      "transport.correctionTwice", "the first-order correction counts twice",
      killedBy: [
        "TR-04", "TR-05", "TR-06", "TR-08", "TR-10", "TR-15", "TR-16", "TR-32", "TR-34", "TR-35", "TR-38",
      ]
    ) {
      $0.changeFactors { factor, _ in
        TransportFactor(zeroth: factor.zeroth, correction: 2 * factor.correction)
      }
    },
    Mutant(
      "transport.zerothOnly", "the first-order correction is left out",
      killedBy: [
        "TR-05", "TR-06", "TR-08", "TR-09", "TR-15", "TR-16", "TR-32", "TR-33", "TR-34", "TR-35", "RP-25",
        "TR-39",
      ]
    ) { $0.changeFactors { factor, _ in TransportFactor(zeroth: factor.zeroth, correction: 0) } },
    Mutant(
      "transport.correctionSign", "the correction is subtracted",
      killedBy: ["TR-04", "TR-05", "TR-06", "TR-08", "TR-15", "TR-16", "TR-32", "TR-35", "RP-25"]
    ) {
      $0.changeFactors { factor, _ in TransportFactor(zeroth: factor.zeroth, correction: -factor.correction) }
    },
    Mutant(
      "transport.scaled", "transport is 1.000001 times too large",
      killedBy: ["TR-01", "TR-04", "TR-15", "TR-35", "TR-37"]
    ) {
      $0.changeFactors { factor, _ in
        TransportFactor(zeroth: 1.000001 * factor.zeroth, correction: 1.000001 * factor.correction)
      }
    },
    Mutant(
      "transport.singlePrecision", "transport is accumulated in single precision",
      killedBy: ["TR-01", "TR-15", "TR-35", "TR-37"]
    ) {
      $0.changeFactors { factor, _ in
        TransportFactor(zeroth: Double(Float(factor.zeroth)), correction: Double(Float(factor.correction)))
      }
    },
    Mutant(
      "transport.growing", "transport grows a little with every lag",
      killedBy: ["TR-01", "TR-07", "TR-10", "CE-06"]
    ) {
      $0.changeFactors { factor, lag in
        let growth = 1 + 0.9 * Double(lag)
        return TransportFactor(
          zeroth: growth * factor.zeroth, correction: growth * growth * factor.correction)
      }
    },
    Mutant(
      "transport.absoluteCouplings", "couplings enter by their absolute value",
      killedBy: ["TR-05", "TR-08", "TR-15", "TR-35"]
    ) {
      $0.changeSplits { split in
        var split = split
        split.memoryToMemory = split.memoryToMemory.map(abs)
        if var block = split.twoBlock {
          block.outputToMemory = block.outputToMemory.map(abs)
          split.twoBlock = block
        }
        return split
      }
    },
    Mutant(
      "transport.flooredRetention", "retentions below 10⁻¹² are raised to it, and division by them stays",
      killedBy: ["TR-01", "TR-35"]
    ) {
      $0.changeSplits { split in
        var split = split
        split.retention = split.retention.map { max($0, 1e-12) }
        return split
      }
    },
    Mutant(
      "transport.lstmOutputGateMissing", "the LSTM's output-gate term is left out",
      killedBy: ["TR-15", "TR-16", "TR-17"]
    ) {
      $0.changeSplits { split in
        var split = split
        split.twoBlock?.outputToOutput = split.retention.map { _ in 0 }
        return split
      }
    },
    Mutant(
      "transport.lstmOldestStep", "the LSTM's sum starts at the oldest step, as in the public code",
      killedBy: ["TR-15", "TR-16", "TR-17"]
    ) {
      $0.changeSplits { split in
        var split = split
        if let block = split.twoBlock { split.memoryToMemory = block.outputToMemory }
        return split
      }
    },
    Mutant(
      "transport.lstmWithoutExposure", "the LSTM's transport ends in c, not in h",
      killedBy: ["TR-03", "TR-15", "TR-16"]
    ) {
      $0.changeSplits { DiagonalSplit(retention: $0.retention, memoryToMemory: $0.memoryToMemory) }
    },
    Mutant(
      "transport.gruAuxiliary", "an auxiliary envelope is added to the transport",
      killedBy: ["TR-04", "TR-15", "TR-16", "TR-38"]
    ) {
      $0.changeFactors { factor, lag in
        TransportFactor(
          zeroth: factor.zeroth, correction: factor.correction + (lag % 2 == 0 ? 0.3 : 0.5))
      }
    },
    Mutant(
      "dense.earliestLeftmost", "the exact product has the earliest factor leftmost",
      killedBy: ["GR-03", "TR-14", "TR-18"]
    ) { system in
      system.transport.denseExact = { splits, time, lag in
        splits[(time - lag + 1)...time].reduce(Matrix.identity(splits[time].retention.rows)) { $0 * $1.total }
      }
    },
    Mutant(
      "dense.offByOneLag", "the exact product has one factor too few",
      killedBy: ["GR-03", "TR-12", "TR-14", "TR-31", "TR-35", "TR-36", "TR-39"]
    ) { system in
      system.transport.denseExact = { DenseTransport.exact($0, time: $1, lag: $2 - 1) }
    },
    Mutant(
      "dense.retentionOnly", "the exact product leaves the couplings out",
      killedBy: ["GR-03", "TR-12", "TR-14", "TR-18", "TR-31", "TR-32", "TR-34", "TR-36", "TR-39"]
    ) { system in
      system.transport.denseExact = { splits, time, lag in
        DenseTransport.firstOrder(splits, time: time, lag: lag).zeroth
      }
    },
    Mutant(
      "dense.correctionOrder", "the derivative multiplies the coupling from the wrong side",
      killedBy: ["TR-11", "TR-12", "TR-13", "TR-31"]
    ) { system in
      system.transport.denseFirstOrder = { splits, time, lag in
        var value = Matrix.identity(splits[time].retention.rows)
        var part = Matrix(rows: value.rows, columns: value.columns)
        for step in stride(from: time, to: time - lag, by: -1) {
          part = part * splits[step].retention + splits[step].coupling * value
          value = value * splits[step].retention
        }
        return (value, part)
      }
    },
    Mutant(
      "dense.lastCouplingMissing", "the derivative leaves the newest step's coupling out",
      killedBy: ["TR-11", "TR-12", "TR-13", "TR-31"]
    ) { system in
      system.transport.denseFirstOrder = { splits, time, lag in
        var changed = splits
        changed[time] = JacobianSplit(
          retention: splits[time].retention, coupling: 0 * splits[time].coupling)
        return DenseTransport.firstOrder(changed, time: time, lag: lag)
      }
    },
    Mutant(
      "dense.secondOrder", "the derivative is half of what it should be",
      killedBy: ["TR-11", "TR-12", "TR-31"]
    ) { system in
      system.transport.denseFirstOrder = { splits, time, lag in
        let (value, part) = DenseTransport.firstOrder(splits, time: time, lag: lag)
        return (value, 0.5 * part)
      }
    },
  ]
}
