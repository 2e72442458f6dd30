import GatedCells
import Numerics

/// Shapes that a cell is built with.
public struct CellShape: Sendable, Hashable {
  public let inputSize: Int
  public let hiddenSize: Int
  public let layerNorm: Bool

  public init(inputSize: Int, hiddenSize: Int, layerNorm: Bool) {
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    self.layerNorm = layerNorm
  }
}

/// A point at which one step is looked at.
public struct StepPoint: Sendable {
  public let parameters: Parameters<Double>
  public let input: [Double]
  public let state: [Double]

  public init(parameters: Parameters<Double>, input: [Double], state: [Double]) {
    self.parameters = parameters
    self.input = input
    self.state = state
  }
}

/// A cell as claims see it: how to build it, and its fast code function by function. The oracle for all of it is the
/// generic step of the cell that `make` returns.
public struct CellUnderTest: Sendable {
  public var name: String
  /// Whether `make` honours `layerNorm`.
  public var hasLayerNorm: Bool
  public var make: @Sendable (CellShape) throws -> any RecurrentCell
  /// The state after one step.
  public var step: @Sendable (any RecurrentCell, StepPoint) throws -> [Double]
  /// The split one-step Jacobian.
  public var jacobian: @Sendable (any RecurrentCell, StepPoint) throws -> JacobianSplit
  /// Its unit-by-unit part.
  public var diagonal: @Sendable (any RecurrentCell, StepPoint) throws -> DiagonalSplit<Double>
  /// `J v + B w`.
  public var pushForward:
    @Sendable (any RecurrentCell, StepPoint, _ tangent: [Double], _ direction: [Double]) throws -> [Double]
  /// `Σᵢ wᵢ bᵢ²` over each memory unit's row b of the immediate parameter Jacobian.
  public var squaredRows: @Sendable (any RecurrentCell, StepPoint, _ weights: [Double]) throws -> [Double]
  /// Loss and gradient of a sequence.
  public var gradient:
    @Sendable (any RecurrentCell, Parameters<Double>, _ inputs: [Double], _ targets: [Double]) throws ->
      LossGradient

  /// The five cells of the paper with their closed-form code.
  public static let builtIn: [CellUnderTest] = BuiltInCell.allCases.map(analytic)

  /// A built-in cell.
  public static func analytic(_ kind: BuiltInCell) -> CellUnderTest {
    CellUnderTest(
      name: kind.rawValue, hasLayerNorm: true,
      make: {
        try kind.make(
          inputSize: $0.inputSize, hiddenSize: $0.hiddenSize, layerNorm: $0.layerNorm, constantGate: 0.3)
      },
      step: { try linearise($0, $1).state },
      jacobian: { try linearise($0, $1).jacobian($0, $1.parameters) },
      diagonal: { try linearise($0, $1).diagonalSplit($1.parameters) },
      pushForward: {
        try linearise($0, $1).pushForward(
          $0, $1.parameters, tangent: $2, direction: Parameters($3))
      },
      squaredRows: { try linearise($0, $1).squaredRows(weights: $2).weighted },
      gradient: {
        guard let analytic = $0 as? any AnalyticCell else { throw NotAnalytic(name: $0.name) }
        return RecurrentNetwork(cell: $0).backpropagate(analytic, $1, inputs: $2, targets: $3)
      })
  }

  private static func linearise(_ cell: any RecurrentCell, _ point: StepPoint) throws -> StepLinearisation<
    Double
  > {
    guard let cell = cell as? any AnalyticCell else { throw NotAnalytic(name: cell.name) }
    return cell.linearise(point.parameters, input: point.input, state: point.state)
  }

  /// A cell without closed-form code was given where some is needed.
  public struct NotAnalytic: Error, CustomStringConvertible {
    public let name: String
    public var description: String { "the cell \(name) has no closed-form linearisation to check" }
  }
}
