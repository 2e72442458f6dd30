import Numerics

/// What the diagnostics need of one step: the state after it and its first derivatives at that point.
///
/// ``StepLinearisation`` holds them in closed form; ``AutomaticLinearisation`` computes them from the step alone.
public protocol LinearisedStep<Value>: Sendable {
  associatedtype Value: SequenceValue
  /// The state after the step.
  var state: [Value] { get }
  /// The unit-by-unit part of the one-step Jacobian.
  func diagonalSplit(_ parameters: Parameters<Double>) -> DiagonalSplit<Value>
  /// `J v + B w`: the change of the state after the step.
  func pushForward(
    _ cell: some RecurrentCell, _ parameters: Parameters<Double>, tangent: [Value]?,
    direction: Parameters<Double>?
  ) -> [Value]
  /// `B w` on the memory coordinates: the immediate effect of a parameter change.
  func immediateMemoryChange(_ direction: Parameters<Double>) -> [Value]
  /// The squared lengths of each memory unit's row `b = ∂⁺m_q/∂θ` of the immediate parameter Jacobian, plain and weighted.
  func squaredRows(weights: [Double]) -> SquaredRows<Value>
}

/// For every memory unit, the squared length of its row b of the immediate parameter Jacobian.
public struct SquaredRows<Value: SequenceValue>: Sendable, Hashable {
  /// `bᵀb`.
  public internal(set) var plain: [Value]
  /// `Σᵢ wᵢ bᵢ²`.
  public internal(set) var weighted: [Value]

  public init(plain: [Value], weighted: [Value]) {
    self.plain = plain
    self.weighted = weighted
  }
}

extension StepLinearisation: LinearisedStep {}

/// The linearisation of a cell that exists only as its generic step.
///
/// The split comes from dual numbers, `2 · stateSize` evaluations; the rows of the parameter Jacobian from one reverse
/// tape, O(H · parameters).
public struct AutomaticLinearisation: LinearisedStep {
  public let state: [Double]
  private let input: [Double]
  private let before: [Double]
  private let diagonal: DiagonalSplit<Double>
  private let rows: [[Double]]

  public init(
    _ cell: some RecurrentCell, _ parameters: Parameters<Double>, input: [Double], state before: [Double]
  ) {
    self.input = input
    self.before = before
    state = cell.step(parameters, input: input, state: before)
    diagonal = DiagonalSplit(
      AutomaticDerivatives.jacobian(cell, parameters, input: input, state: before), cell: cell)
    rows = AutomaticDerivatives.memoryRows(cell, parameters, input: input, state: before)
  }

  public func diagonalSplit(_ parameters: Parameters<Double>) -> DiagonalSplit<Double> { diagonal }

  public func pushForward(
    _ cell: some RecurrentCell, _ parameters: Parameters<Double>, tangent: [Double]?,
    direction: Parameters<Double>?
  ) -> [Double] {
    AutomaticDerivatives.pushForward(
      cell, parameters, input: input, state: before,
      tangent: tangent ?? before.map { _ in 0 },
      direction: direction?.values ?? parameters.values.map { _ in 0 })
  }

  public func immediateMemoryChange(_ direction: Parameters<Double>) -> [Double] {
    rows.map { row in
      var sum = 0.0
      for index in row.indices { sum += row[index] * direction.values[index] }
      return sum
    }
  }

  public func squaredRows(weights: [Double]) -> SquaredRows<Double> {
    SquaredRows(
      plain: rows.map { $0.reduce(0) { $0 + $1 * $1 } },
      weighted: rows.map { row in
        var sum = 0.0
        for index in row.indices { sum += weights[index] * row[index] * row[index] }
        return sum
      })
  }
}

extension AutomaticDerivatives {
  /// The rows `∂⁺m_q/∂θ` of every memory unit q, each as long as the cell's layout, by one tape and H sweeps.
  public static func memoryRows(
    _ cell: some RecurrentCell, _ parameters: Parameters<Double>, input: [Double], state: [Double]
  ) -> [[Double]] {
    let tape = Tape()
    let variables = parameters.values.prefix(cell.layout.count).map { tape.variable($0) }
    // Readout parameters follow the cell's own and are constants here.
    let rest = parameters.values.dropFirst(cell.layout.count).map { TapeScalar($0) }
    let next = cell.step(
      Parameters(variables + rest), input: input.map { TapeScalar($0) }, state: state.map { TapeScalar($0) })
    return cell.memory.map { coordinate in
      let adjoints = tape.adjoints(of: next[coordinate])
      return variables.map { adjoints[$0] }
    }
  }
}
