import GatedCells
import Numerics

extension CellUnderTest {
  /// The cell with an altered linearisation behind every one of its closed forms but the step.
  func altered(
    _ alter: @escaping @Sendable (any AnalyticCell, StepLinearisation<Double>) -> StepLinearisation<Double>
  ) -> CellUnderTest {
    @Sendable func wrap(_ cell: any RecurrentCell) throws -> AlteredCell {
      guard let cell = cell as? any AnalyticCell else { throw NotAnalytic(name: cell.name) }
      return AlteredCell(base: cell, alter: alter)
    }
    @Sendable func linearise(_ cell: any RecurrentCell, _ point: StepPoint) throws -> StepLinearisation<
      Double
    > {
      try wrap(cell).linearise(point.parameters, input: point.input, state: point.state)
    }
    var copy = self
    copy.jacobian = { try linearise($0, $1).jacobian($0, $1.parameters) }
    copy.diagonal = { try linearise($0, $1).diagonalSplit($1.parameters) }
    copy.pushForward = {
      try linearise($0, $1).pushForward($0, $1.parameters, tangent: $2, direction: Parameters($3))
    }
    copy.squaredRows = { try linearise($0, $1).squaredRows(weights: $2).weighted }
    copy.gradient = {
      try RecurrentNetwork(cell: $0).backpropagate(wrap($0), $1, inputs: $2, targets: $3)
    }
    return copy
  }
}

extension SystemUnderTest {
  /// Changes one cell, or all of them.
  mutating func changeCells(_ names: String..., by change: (inout CellUnderTest) -> Void) {
    for index in cells.indices where names.isEmpty || names.contains(cells[index].name) {
      change(&cells[index])
    }
  }

  /// Drops what passes through one gate of a cell.
  fileprivate mutating func dropGate(_ number: Int, of name: String) {
    changeCells(name) { cell in
      cell = cell.altered { _, step in step.replacingGates { $0 == number ? nil : $1 } }
    }
  }
}

extension Mutant {
  /// Mistakes in closed forms of cells.
  static let cells: [Mutant] = [
    missingGate("shared", 1, "the shared gate"), missingGate("diag", 1, "the diagonal gate"),
    missingGate("gru", 0, "the update gate"), missingGate("gru", 1, "the reset gate"),
    missingGate("gru", 2, "the candidate"), missingGate("lstm", 0, "the input gate"),
    missingGate("lstm", 1, "the forget gate"), missingGate("lstm", 2, "the candidate"),
    missingGate("lstm", 3, "the output gate"), missingGate("const", 0, "the candidate"),
    Mutant(
      "cell.resetGateOfSameUnitOnly", "the GRU's sum over units k keeps k = q only",
      killedBy: ["GR-01", "GR-11", "GR-13", "GR-14", "GR-15", "CE-08", "CE-09"]
    ) { system in
      system.changeCells("gru") { cell in
        cell = cell.altered { _, step in
          step.replacingGates { number, gate in
            guard number == 1, let rows = gate.memory else { return gate }
            return gate.with(memory: .diagonal(rows.matrix.diagonal), output: gate.output)
          }
        }
      }
    },
    Mutant(
      "cell.layerNormIgnored", "the Jacobian of layer normalisation is left out",
      killedBy: ["GR-01", "GR-02", "GR-11", "GR-13", "GR-14", "GR-16", "GR-17"]
    ) { system in
      system.changeCells { cell in
        cell = cell.altered { cell, step in
          guard let shift = step.unitwise.last else { return step }
          return step.replacingGates { _, gate in
            guard !gate.affine.bias.isGate else { return gate }
            return gate.with(
              memory: .diagonal(shift.memory), output: gate.output)
          }
        }
      }
    },
    Mutant(
      "cell.gainAndShiftIgnored", "gain and shift of layer normalisation get no gradient",
      killedBy: ["GR-01", "GR-04", "GR-17"]
    ) { system in
      system.changeCells { cell in
        cell = cell.altered { _, step in
          StepLinearisation(
            state: step.state, retention: step.retention, exposure: step.exposure, gates: step.gates)
        }
      }
    },
    Mutant(
      "cell.transposedRecurrence", "the recurrent matrices are transposed in the derivatives",
      killedBy: ["GR-01", "GR-03", "GR-11", "GR-13", "CE-08"]
    ) { system in
      system.changeCells { cell in
        let reference = cell
        cell.jacobian = { try reference.jacobian($0, transposing($0, $1)) }
        cell.pushForward = { try reference.pushForward($0, transposing($0, $1), $2, $3) }
        cell.gradient = { cell, parameters, inputs, targets in
          let point = StepPoint(parameters: parameters, input: [], state: [])
          return try reference.gradient(cell, transposing(cell, point).parameters, inputs, targets)
        }
      }
    },
    Mutant(
      "cell.expressionWithoutOutputGate", "the LSTM's c → h block lacks the output gate's factor",
      killedBy: ["GR-01", "GR-11", "GR-13", "GR-14"]
    ) { system in
      system.changeCells("lstm") { cell in
        cell = cell.altered { _, step in
          StepLinearisation(
            state: step.state, retention: step.retention,
            exposure: step.exposure?.map { _ in 1 },
            gates: step.gates, unitwise: step.unitwise)
        }
      }
    },
    Mutant(
      "cell.retentionIsTheGate", "the leak is s in place of 1 − s",
      killedBy: ["GR-01", "GR-11", "GR-13", "GR-14", "CE-08", "CE-09"]
    ) { system in
      system.changeCells("const", "shared", "diag", "gru") { cell in
        cell = cell.altered { _, step in
          StepLinearisation(
            state: step.state, retention: step.retention.map { 1 - $0 }, exposure: step.exposure,
            gates: step.gates, unitwise: step.unitwise)
        }
      }
    },
    Mutant(
      "gradient.scaled", "the gradient is 1.000001 times too large", killedBy: ["GR-01"]
    ) { system in
      system.changeCells { $0.rescaleGradient { 1.000001 * $0 } }
    },
    Mutant(
      "gradient.singlePrecision", "the gradient passes through single precision", killedBy: ["GR-01"]
    ) { system in
      system.changeCells { $0.rescaleGradient { Double(Float($0)) } }
    },
    Mutant(
      "gradient.sumOverTime", "the loss is a sum over time in place of a mean", killedBy: ["GR-01", "GR-02"]
    ) { system in
      system.changeCells { cell in
        let reference = cell.gradient
        cell.gradient = { cell, parameters, inputs, targets in
          let mean = try reference(cell, parameters, inputs, targets)
          let steps = Double(targets.count)
          return LossGradient(loss: steps * mean.loss, gradient: mean.gradient.map { steps * $0 })
        }
      }
    },
    Mutant(
      "gradient.truncatedInTime", "the gradient stops one step back", killedBy: ["GR-01", "GR-02"]
    ) { system in
      system.changeCells { cell in
        cell.gradient = { cell, parameters, inputs, targets in
          guard let cell = cell as? any AnalyticCell else { throw CellUnderTest.NotAnalytic(name: cell.name) }
          return lastStepGradient(cell, parameters, inputs: inputs, targets: targets)
        }
      }
    },
    Mutant(
      "cell.totalForImmediate", "the parameters' effect on a step is left out of the push forward",
      killedBy: ["GR-03", "GR-04"]
    ) { system in
      system.changeCells { cell in
        let reference = cell.pushForward
        cell.pushForward = { try reference($0, $1, $2, $3.map { _ in 0 }) }
      }
    },
    Mutant(
      "cell.stepWithStaleGate", "the step moves the state a little too far", killedBy: ["GR-12", "CE-02"]
    ) { system in
      system.changeCells { cell in
        let reference = cell.step
        cell.step = { try reference($0, $1).map { $0 * (1 + 1e-9) } }
      }
    },
    Mutant(
      "cell.biasLeftOutOfRows", "the squared rows count weights only, not biases", killedBy: ["GR-17"]
    ) { system in
      system.changeCells { cell in
        let reference = cell.squaredRows
        cell.squaredRows = { cell, point, weights in
          var weights = weights
          for block in cell.layout.blocks where block.role == .bias {
            for index in block.range { weights[index] = 0 }
          }
          return try reference(cell, point, weights)
        }
      }
    },
    Mutant("fused.scaled", "the fused gradient is a tenth too large", killedBy: ["GR-05"]) { system in
      let reference = system.training.fusedGradient
      system.training.fusedGradient = {
        let result = try reference($0, $1, $2)
        return LossGradient(loss: result.loss, gradient: result.gradient.map { 1.1 * $0 })
      }
    },
    Mutant(
      "fused.sumOverSequences", "the fused gradient is the sum over sequences in place of the mean",
      killedBy: ["GR-05", "GR-06"]
    ) { system in
      let reference = system.training.fusedGradient
      system.training.fusedGradient = { specification, parameters, batch in
        let result = try reference(specification, parameters, batch)
        return LossGradient(
          loss: result.loss, gradient: result.gradient.map { Double(batch.count) * $0 })
      }
    },
  ]

  private static func missingGate(_ cell: String, _ number: Int, _ what: String) -> Mutant {
    Mutant(
      "cell.missingGate.\(cell).\(number)",
      "the derivative of \(cell) leaves out what passes through \(what)",
      killedBy: ["GR-01", "GR-02", "GR-04", "GR-11", "GR-14", "CE-08"]
    ) { $0.dropGate(number, of: cell) }
  }
}

extension CellUnderTest {
  fileprivate mutating func rescaleGradient(_ change: @escaping @Sendable (Double) -> Double) {
    let reference = gradient
    gradient = {
      let result = try reference($0, $1, $2, $3)
      return LossGradient(loss: result.loss, gradient: result.gradient.map(change))
    }
  }
}

/// The point with every square recurrent matrix transposed.
private func transposing(_ cell: any RecurrentCell, _ point: StepPoint) -> StepPoint {
  var values = point.parameters.values
  for block in cell.layout.blocks where block.role == .recurrentWeights && block.rows == block.columns {
    let matrix = Matrix(rows: block.rows, columns: block.columns, elements: Array(values[block.range]))
    values.replaceSubrange(block.range, with: matrix.transpose.elements)
  }
  return StepPoint(parameters: Parameters(values), input: point.input, state: point.state)
}

/// Each step's error reaches that step's immediate parameters only.
private func lastStepGradient(
  _ cell: some AnalyticCell, _ parameters: Parameters<Double>, inputs: [Double], targets: [Double]
) -> LossGradient {
  let network = RecurrentNetwork(cell: cell)
  let trajectory = network.linearisedTrajectory(cell, parameters, inputs: inputs)
  var gradient = [Double](repeating: 0, count: network.parameterCount)
  var loss = 0.0
  for (time, step) in trajectory.steps.enumerated() {
    let error = trajectory.predictions[time] - targets[time]
    loss += error * error / Double(targets.count)
    let slope = 2 * error / Double(targets.count)
    gradient[network.readoutBias.offset] += slope
    var adjoint = [Double](repeating: 0, count: cell.stateSize)
    for (unit, coordinate) in cell.output.enumerated() {
      gradient[network.readoutWeights.offset + unit] += slope * step.state[coordinate]
      adjoint[coordinate] = slope * parameters.values[network.readoutWeights.offset + unit]
    }
    _ = step.pullBack(cell, parameters, adjoint: adjoint, gradient: &gradient)
  }
  return LossGradient(loss: loss, gradient: gradient)
}
