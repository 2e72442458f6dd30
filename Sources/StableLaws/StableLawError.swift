/// What can be wrong with the input of a stable law or of an estimator.
public enum StableLawError: Error, Hashable, CustomStringConvertible {
  /// The tail index lies outside the range the tables cover.
  case tailIndexOutOfRange(Double)
  /// A value at this point is beyond what a proved error bound covers.
  case outOfReach(function: String, tailIndex: Double, x: Double, reach: ClosedRange<Double>)
  /// The scale is not a positive finite number.
  case invalidScale(Double)
  /// A probability that must lie strictly between zero and one does not.
  case invalidProbability(Double)
  /// An argument that must be finite (a shift, a separation, an evaluation point) is not.
  case notFinite(name: String, value: Double)
  /// A sample holds a NaN or an infinity.
  case sampleNotFinite(index: Int, value: Double)
  /// A sample is too small for the method.
  case sampleTooSmall(count: Int, needed: Int)
  /// The middle half of a sample sits on one value, so no scale can be computed.
  case degenerateSample(value: Double)
  /// A parameter of a method is out of its range.
  case invalidParameter(name: String, value: Double, allowed: String)
  /// An iteration did not converge.
  case noConvergence(method: String, iterations: Int)

  public var description: String {
    switch self {
    case .tailIndexOutOfRange(let value):
      "tail index \(value) is outside 1...2; pass a value in that range, or use SubCauchyLaw for 1/16 ≤ α < 1"
    case .outOfReach(let function, let tailIndex, let x, let reach):
      "the \(function) at tail index \(tailIndex) and |x| = \(x) scales has no certified value; "
        + "for this index it has one at zero and for |x| in \(reach)"
    case .invalidScale(let value):
      "scale \(value) is not a positive finite number; pass σ > 0"
    case .invalidProbability(let value):
      "probability \(value) is not strictly between 0 and 1"
    case .notFinite(let name, let value):
      "\(name) is \(value); pass a finite number"
    case .sampleNotFinite(let index, let value):
      "sample[\(index)] is \(value); remove or repair non-finite values before fitting"
    case .sampleTooSmall(let count, let needed):
      "the sample holds \(count) values and the method needs at least \(needed)"
    case .degenerateSample(let value):
      "at least half of the sample sits within rounding of \(value), so its scale is not defined; "
        + "a constant or mostly constant sample cannot be fitted"
    case .invalidParameter(let name, let value, let allowed):
      "\(name) is \(value); allowed: \(allowed)"
    case .noConvergence(let method, let iterations):
      "\(method) did not converge within \(iterations) iterations; the sample is probably far from stable"
    }
  }
}
