/// A number with a proved bound of its absolute error.
struct CertifiedValue: Sendable, Hashable {
  var value: Double
  var bound: Double

  /// The bound relative to the value; infinite or NaN when nothing is known.
  var relativeBound: Double { bound / value.magnitude }

  /// 1/2 minus this one: how the tail and the centre of a symmetric law give each other.
  var fromHalf: CertifiedValue {
    CertifiedValue(value: 0.5 - value, bound: bound + 0x1p-54)
  }
}
