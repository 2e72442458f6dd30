import GatedCells
import LearnabilityWindow
import Numerics
import Training

/// Transport, base rates, envelope and matched statistic.
public struct TransportUnderTest: Sendable {
  /// Diagonal first-order transport, as ``DiagonalTransport/factors(_:time:lags:)``.
  public var factors: @Sendable ([DiagonalSplit<Double>], _ time: Int, _ lags: [Int]) -> [[TransportFactor]]
  /// Dense first-order transport, as ``DenseTransport/firstOrder(_:time:lag:)``.
  public var denseFirstOrder:
    @Sendable ([JacobianSplit], _ time: Int, _ lag: Int) -> (zeroth: Matrix, correction: Matrix)
  /// The exact Jacobian product, as ``DenseTransport/exact(_:time:lag:)``.
  public var denseExact: @Sendable ([JacobianSplit], _ time: Int, _ lag: Int) -> Matrix
  /// Rayleigh base rates, as ``BaseRate/rayleigh(_:preconditioner:)``.
  public var baseRates: @Sendable (StepLinearisation<Double>, _ preconditioner: [Double]) -> [Double]
  /// Envelope and statistic of a trained network, as ``LagProfile``.
  public var profile: @Sendable (TrainingState, DiagnosticConfiguration) throws -> LagProfile

  public static let reference = TransportUnderTest(
    factors: { DiagonalTransport.factors($0, time: $1, lags: $2) },
    denseFirstOrder: { DenseTransport.firstOrder($0, time: $1, lag: $2) },
    denseExact: { DenseTransport.exact($0, time: $1, lag: $2) },
    baseRates: { BaseRate.rayleigh($0, preconditioner: $1) },
    profile: { try LagProfile($0, $1) })
}
