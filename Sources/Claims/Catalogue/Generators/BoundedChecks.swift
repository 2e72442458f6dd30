import PropertyEngine

/// Fails the case unless `|actual − expected| ≤ bound`, and reports error over bound.
///
/// A bound that is not finite decides nothing (a layer normalisation of equal pre-activations, a ball that reaches a
/// pole): the case is rejected.
func within(
  _ draw: Draw, _ actual: Double, _ expected: Double, _ bound: Double, _ note: String = "",
  fileID: String = #fileID, line: Int = #line
) throws {
  guard bound.isFinite else { throw Rejection("the error bound is not finite") }
  if bound > 0 { draw.maximise(abs(actual - expected) / bound, ClaimRunner.errorOverBound) }
  try close(actual, expected, within: bound, note, fileID: fileID, line: line)
}

/// The same, element by element against balls.
func within<Charge>(
  _ draw: Draw, _ actual: [Double], _ expected: [BoundedReal<Charge>], _ note: String = "",
  fileID: String = #fileID, line: Int = #line
) throws {
  try equal(actual.count, expected.count, note, fileID: fileID, line: line)
  for (entry, ball) in zip(actual, expected) {
    try within(draw, entry, ball.value, ball.radius, note, fileID: fileID, line: line)
  }
}

/// `Σ aᵢ bᵢ`.
func dot(_ lhs: [Double], _ rhs: [Double]) -> Double { zip(lhs, rhs).reduce(0) { $0 + $1.0 * $1.1 } }

/// Higham's `γ_n = n u/(1 − n u)`: n roundings change a product or a sum of nonnegative terms by at most this share.
func roundings(_ count: Int) -> Double { Double(count) * 0x1p-53 / (1 - Double(count) * 0x1p-53) }
