import Foundation

extension CellOracle {
  /// The values inside one step, each a vector over the units.
  struct Activations {
    /// Gates by their letter in the paper: s, or z and r, or i, f and o.
    var gates: [String: [Double]] = [:]
    /// The candidate after tanh (h̃ or g).
    var candidate: [Double] = []
    /// The candidate's pre-activation before layer normalisation.
    var preActivation: [Double] = []
    /// New state.
    var state: [Double] = []
  }

  /// One step: the new state from the input and the old state. Equations (36)-(40), (47)-(50), (59), (61), (63).
  /// - Parameters:
  ///   - input: x with `inputs` entries.
  ///   - state: old h, or (h, c) for the LSTM.
  public func step(input: [Double], state: [Double]) throws(OracleError) -> [Double] {
    try requireShapes(input, state)
    return activations(input: input, state: state).state
  }

  /// States after each of the inputs in turn.
  public func run(inputs sequence: [[Double]], from start: [Double]) throws(OracleError) -> [[Double]] {
    var states: [[Double]] = []
    var state = start
    for input in sequence {
      state = try step(input: input, state: state)
      states.append(state)
    }
    return states
  }

  func activations(input x: [Double], state: [Double]) -> Activations {
    let h = Array(state[..<hidden])
    func gate(_ suffix: String) -> [Double] { affine(suffix, x, h).map(Self.logistic) }
    var inside = Activations()
    switch kind {
    case .lstm:
      let (i, f, o) = (gate("i"), gate("f"), gate("o"))
      inside.gates = ["i": i, "f": f, "o": o]
      inside.preActivation = affine("g", x, h)
      inside.candidate = normalised(inside.preActivation).map { tanh($0) }
      let c = (0..<hidden).map { f[$0] * state[hidden + $0] + i[$0] * inside.candidate[$0] }
      inside.state = (0..<hidden).map { o[$0] * tanh(c[$0]) } + c
    case .gru:
      let (z, r) = (gate("z"), gate("r"))
      inside.gates = ["z": z, "r": r]
      inside.preActivation = affine("h", x, (0..<hidden).map { r[$0] * h[$0] })
      inside.candidate = normalised(inside.preActivation).map { tanh($0) }
      inside.state = (0..<hidden).map { (1 - z[$0]) * h[$0] + z[$0] * inside.candidate[$0] }
    case .const, .shared, .diag:
      var s = [Double](repeating: constantGate, count: hidden)
      if kind == .diag { s = gate("s") }
      if kind == .shared { s = [Double](repeating: gate("s")[0], count: hidden) }
      inside.gates = ["s": s]
      inside.preActivation = affine("", x, h)
      inside.candidate = normalised(inside.preActivation).map { tanh($0) }
      inside.state = (0..<hidden).map { (1 - s[$0]) * h[$0] + s[$0] * inside.candidate[$0] }
    }
    return inside
  }
}
