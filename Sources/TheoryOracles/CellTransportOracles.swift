import Foundation

extension CellOracle {
  /// Diagonal transport over a stretch of steps, split into its orders.
  public struct Transport: Sendable {
    /// γ per unit.
    public let zeroth: [Double]
    /// First-order addition per unit; Γ is the sum.
    public let first: [Double]
  }

  /// γ and its first-order addition by the paper's diagonal formulas: (45) with its first-order term for the LSTM (the c → h
  /// block), (56) and the exact diagonal of (52)+(53) for the GRU, (60), (62) and (64) for the others.
  ///
  /// The GRU's published auxiliary envelopes `∏ r` and `∏ (1−z) r` are left out: they are not terms of the expansion.
  /// - Parameters:
  ///   - inputs: the l inputs of the stretch, oldest first; at least one.
  ///   - start: state before the first of them.
  public func transport(inputs sequence: [[Double]], from start: [Double]) throws(OracleError) -> Transport {
    try OracleError.require(!sequence.isEmpty, "number of steps", 0, "at least one")
    var state = start
    var steps: [(inside: Activations, before: [Double])] = []
    for input in sequence {
      try requireShapes(input, state)
      let inside = activations(input: input, state: state)
      steps.append((inside, state))
      state = inside.state
    }
    return kind == .lstm ? lstmTransport(steps) : leakyTransport(steps)
  }

  private func leakyTransport(_ steps: [(inside: Activations, before: [Double])]) -> Transport {
    var zeroth: [Double] = []
    var first: [Double] = []
    for q in 0..<hidden {
      var (gamma, addition) = (1.0, 0.0)
      for (inside, before) in steps {
        let leak = 1 - (inside.gates[kind == .gru ? "z" : "s"] ?? [])[q]
        addition = leak * addition + gateTerm(inside, before, q) * gamma
        gamma *= leak
      }
      zeroth.append(gamma)
      first.append(addition)
    }
    return Transport(zeroth: zeroth, first: first)
  }

  /// The diagonal entry `b_q` of the first-order part of one step, written out entry by entry.
  private func gateTerm(_ inside: Activations, _ h: [Double], _ q: Int) -> Double {
    let candidate = inside.candidate[q]
    let slope = 1 - candidate * candidate
    if kind == .gru {
      let (z, r) = (inside.gates["z"] ?? [], inside.gates["r"] ?? [])
      let (uh, ur) = (candidateMatrix("Uh", inside.preActivation), matrix("Ur"))
      // Every unit k is reached by the reset gate, not only k = q.
      var reset = uh[q][q] * r[q]
      for k in 0..<hidden { reset += uh[q][k] * h[k] * r[k] * (1 - r[k]) * ur[k][q] }
      return (candidate - h[q]) * z[q] * (1 - z[q]) * matrix("Uz")[q][q] + z[q] * slope * reset
    }
    let s = (inside.gates["s"] ?? [])[q]
    let own = s * slope * candidateMatrix("U", inside.preActivation)[q][q]
    guard kind != .const else { return own }
    let weight = matrix("Us")[kind == .shared ? 0 : q][q]
    return own + (candidate - h[q]) * s * (1 - s) * weight
  }

  /// `γ = e_t ∏ f`, and
  /// `Σ_j e_t (∏_{k>j} f_k) diag(C_j) e_{j−1} ∏_{k<j} f_k` over all but the oldest step, plus the output gate's own term at the newest.
  private func lstmTransport(_ steps: [(inside: Activations, before: [Double])]) -> Transport {
    let last = steps.count - 1
    func forget(_ j: Int, _ q: Int) -> Double { (steps[j].inside.gates["f"] ?? [])[q] }
    func exposure(_ j: Int, _ q: Int) -> Double {
      let cell = tanh(steps[j].inside.state[hidden + q])
      return (steps[j].inside.gates["o"] ?? [])[q] * (1 - cell * cell)
    }
    func product(_ range: Range<Int>, _ q: Int) -> Double { range.reduce(1) { $0 * forget($1, q) } }

    var zeroth: [Double] = []
    var first: [Double] = []
    for q in 0..<hidden {
      zeroth.append(exposure(last, q) * product(0..<steps.count, q))
      var sum = 0.0
      for j in steps.indices.dropFirst() {
        let inside = steps[j].inside
        let (i, f) = ((inside.gates["i"] ?? [])[q], forget(j, q))
        let g = inside.candidate[q]
        let coupling =
          steps[j].before[hidden + q] * f * (1 - f) * matrix("Uf")[q][q] + g * i * (1 - i)
          * matrix("Ui")[q][q]
          + i * (1 - g * g) * candidateMatrix("Ug", inside.preActivation)[q][q]
        sum +=
          exposure(last, q) * product((j + 1)..<steps.count, q) * coupling * exposure(j - 1, q)
          * product(0..<j, q)
      }
      if last >= 1 {
        let o = (steps[last].inside.gates["o"] ?? [])[q]
        let output = tanh(steps[last].inside.state[hidden + q]) * o * (1 - o) * matrix("Uo")[q][q]
        sum += output * exposure(last - 1, q) * product(0..<last, q)
      }
      first.append(sum)
    }
    return Transport(zeroth: zeroth, first: first)
  }
}
