import Numerics

/// A recurrent cell: shapes, a parameter layout, and one step written once over any scalar.
///
/// From the step alone the suite derives the exact one-step Jacobian, every gradient, the split of the Jacobian
/// into retention and coupling, and the whole audit.
///
/// The state has `stateSize` coordinates. `output` are those that the readout sees; `memory` are those whose
/// retention path carries information over time. For cells with one state vector the two coincide; an LSTM keeps
/// `(h, c)`, outputs `h` and remembers in `c`.
public protocol RecurrentCell: Sendable {
  /// A short lower-case name, used in file names and tables.
  var name: String { get }
  /// The number of inputs, D.
  var inputSize: Int { get }
  /// The number of hidden units, H.
  var hiddenSize: Int { get }
  /// The length of the state vector: H, or 2H for an LSTM.
  var stateSize: Int { get }
  /// The state coordinates that the readout sees; H of them.
  var output: Range<Int> { get }
  /// The state coordinates that carry memory; H of them.
  var memory: Range<Int> { get }
  /// Where each parameter lies in the flat vector.
  var layout: ParameterLayout { get }

  /// One step, from the state before to the state after.
  ///
  /// The previous state is given twice with equal values. A cell names its retention path by where it reads
  /// `retained`: the leak `(1 − s) ⊙ h`, or the forget path `f ⊙ c`. Everything else (gates, candidates) reads
  /// `recurrent`. Hence the derivative in `retained` is the zeroth-order part `A` of the Jacobian, the derivative
  /// in `recurrent` is the coupling part `B`, and `J = A + B`.
  func step<S: Scalar>(
    _ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]
  ) -> [S]
}

extension RecurrentCell {
  public var stateSize: Int { hiddenSize }
  public var output: Range<Int> { 0..<hiddenSize }
  public var memory: Range<Int> { stateSize - hiddenSize..<stateSize }

  /// One step with a single previous state.
  @inlinable
  public func step<S: Scalar>(_ parameters: Parameters<S>, input: [S], state: [S]) -> [S] {
    step(parameters, input: input, retained: state, recurrent: state)
  }
}

/// A cell that also knows its step's linearisation in closed form.
public protocol AnalyticCell: RecurrentCell {
  /// The state after one step and all first derivatives at that point.
  func linearise(_ parameters: Parameters<Double>, input: [Double], state: [Double])
    -> StepLinearisation<Double>
}

/// An analytic cell whose linearisation is written over any ``SequenceValue``, so that eight sequences go side by side: the fast
/// path of the built-in cells.
public protocol VectorisedCell: AnalyticCell {
  /// As ``AnalyticCell/linearise(_:input:state:)``, over one sequence or eight.
  func linearisation<Value: SequenceValue>(
    _ parameters: Parameters<Double>, input: [Value], state: [Value]
  ) -> StepLinearisation<Value>
}

extension VectorisedCell {
  public func linearise(_ parameters: Parameters<Double>, input: [Double], state: [Double])
    -> StepLinearisation<Double>
  {
    linearisation(parameters, input: input, state: state)
  }
}
