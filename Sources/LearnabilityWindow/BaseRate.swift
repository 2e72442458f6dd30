import GatedCells
import Numerics

/// The learning rate that a unit's own row of parameters sees under a diagonal preconditioner.
public enum BaseRate {
  /// The Rayleigh quotients `Λ^(q) = Σᵢ λᵢ bᵢ² / Σᵢ bᵢ²` of every memory unit, where `b` is the unit's row of the immediate
  /// parameter Jacobian at one step (Livi 2025, equation (7)).
  ///
  /// Each lies between the least and the largest `λᵢ` over the support of `b`. A row that vanishes has no quotient; no
  /// parameter change reaches the unit at that step, and its rate is zero.
  public static func rayleigh<Value>(_ step: some LinearisedStep<Value>, preconditioner: [Double]) -> [Value]
  {
    let squares = step.squaredRows(weights: preconditioner)
    // Where the row vanishes both are zero, and the quotient is 0/1.
    return zip(squares.weighted, squares.plain).map { $0 / $1.positiveOrOne() }
  }
}
