import Kernels

/// The five cells once more, straight from their equations, one sequence and one scalar at a time.
struct ReferenceNetwork {
  let shape: NetworkShape
  let steps: Int

  struct Result {
    /// `[batch][steps]`.
    var outputs: [Bounded]
    var loss: Bounded
    var gradient: [Bounded]
  }

  func evaluate(parameters: [Float], inputs: [Float], targets: [Float], batch: Int) -> Result {
    var tape = BoundedTape()
    for parameter in parameters { _ = tape.leaf(Double(parameter)) }
    var outputs: [Int] = []
    for sequence in 0..<batch {
      outputs += run(&tape, Array(inputs[(sequence * steps * shape.inputSize)...]))
    }
    let scale = 2 / (Double(batch) * Double(steps))
    var seeds: [(node: Int, seed: Bounded)] = []
    var loss = Bounded(0)
    for (node, target) in zip(outputs, targets) {
      let output = tape[node]
      let error = output - Bounded(Double(target))
      seeds.append((node, error * Bounded(scale, error: scale * Bounded.unitRoundoff)))
      // The squares are summed in Double, which adds nothing that can be seen beside the errors in Float.
      loss.value += error.value * error.value
      loss.error += 2 * abs(error.value) * error.error + error.error * error.error
    }
    let count = Double(outputs.count)
    return Result(
      outputs: outputs.map { tape[$0] },
      loss: Bounded(loss.value / count, error: loss.error / count + 1e-12 * loss.value / count),
      gradient: tape.gradient(seeds: seeds, leaves: parameters.count))
  }

  /// Output nodes of one sequence.
  private func run(_ tape: inout BoundedTape, _ inputs: [Float]) -> [Int] {
    let one = tape.leaf(1)
    let zero = tape.leaf(0)
    let width = shape.hiddenSize
    var state = [Int](repeating: zero, count: width)
    var memory = state
    var outputs: [Int] = []
    for step in 0..<steps {
      let x = (0..<shape.inputSize).map { tape.leaf(Double(inputs[step * shape.inputSize + $0])) }
      switch shape.cell {
      case .const, .shared, .diag:
        let candidate = self.candidate(&tape, "", x, state)
        let gates: [Int]
        switch shape.cell {
        case .const: gates = [tape.leaf(Double(shape.constGate))]
        default: gates = affine(&tape, "s", x, state).map { tape.logistic($0) }
        }
        state = (0..<width).map { unit in
          mix(&tape, gates[gates.count == 1 ? 0 : unit], state[unit], candidate[unit], one)
        }
      case .gru:
        let update = affine(&tape, "z", x, state).map { tape.logistic($0) }
        let reset = affine(&tape, "r", x, state).map { tape.logistic($0) }
        let damped = (0..<width).map { tape.multiply(reset[$0], state[$0]) }
        let candidate = self.candidate(&tape, "h", x, damped)
        state = (0..<width).map { mix(&tape, update[$0], state[$0], candidate[$0], one) }
      case .lstm:
        let input = affine(&tape, "i", x, state).map { tape.logistic($0) }
        let forget = affine(&tape, "f", x, state).map { tape.logistic($0) }
        let output = affine(&tape, "o", x, state).map { tape.logistic($0) }
        let candidate = self.candidate(&tape, "g", x, state)
        memory = (0..<width).map { unit in
          let kept = tape.multiply(forget[unit], memory[unit])
          let taken = tape.multiply(input[unit], candidate[unit])
          return tape.add(kept, taken)
        }
        state = (0..<width).map { unit in
          let squashed = tape.hyperbolicTangent(memory[unit])
          return tape.multiply(output[unit], squashed)
        }
      }
      let weight = block("readoutWeight")
      outputs.append(
        tape.dot(weight.offset..<(weight.offset + weight.count), state, start: block("readoutBias").offset))
    }
    return outputs
  }

  private func block(_ name: String) -> ParameterBlock {
    guard let found = shape.blocks.first(where: { $0.name == name }) else {
      preconditionFailure("no block \(name)")
    }
    return found
  }

  /// `W x + U h + b`.
  private func affine(_ tape: inout BoundedTape, _ suffix: String, _ x: [Int], _ h: [Int]) -> [Int] {
    let input = block("W" + suffix)
    let recurrent = block("U" + suffix)
    let bias = block("b" + suffix)
    return (0..<input.rows).map { row in
      let first = input.offset + row * input.columns
      let partial = tape.dot(first..<(first + input.columns), x, start: bias.offset + row)
      let second = recurrent.offset + row * recurrent.columns
      return tape.dot(second..<(second + recurrent.columns), h, start: partial)
    }
  }

  /// `tanh(LN(W x + U h + b))`.
  private func candidate(_ tape: inout BoundedTape, _ suffix: String, _ x: [Int], _ h: [Int]) -> [Int] {
    var pre = affine(&tape, suffix, x, h)
    if shape.layerNorm {
      let mean = tape.mean(pre)
      let centred = pre.map { tape.subtract($0, mean) }
      let variance = tape.mean(centred.map { tape.multiply($0, $0) })
      let epsilon = tape.leaf(Double(Float(1e-5)))
      let shifted = tape.add(variance, epsilon)
      let inverse = tape.inverseSquareRoot(shifted)
      let gain = block("lnGain").offset
      let bias = block("lnBias").offset
      pre = centred.enumerated().map { unit, value in
        let normalised = tape.multiply(value, inverse)
        let scaled = tape.multiply(gain + unit, normalised)
        return tape.add(scaled, bias + unit)
      }
    }
    return pre.map { tape.hyperbolicTangent($0) }
  }

  /// `(1-s) h + s a`.
  private func mix(_ tape: inout BoundedTape, _ gate: Int, _ h: Int, _ a: Int, _ one: Int) -> Int {
    let complement = tape.subtract(one, gate)
    let kept = tape.multiply(complement, h)
    let taken = tape.multiply(gate, a)
    return tape.add(kept, taken)
  }
}
