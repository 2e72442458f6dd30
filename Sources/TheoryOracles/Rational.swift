/// An exact fraction of 128-bit integers, for identities to be checked without rounding.
///
/// Always in lowest terms with a positive denominator. Arithmetic throws rather than overflow, hence the `try` on every
/// operation; meant for short computations with small numbers.
public struct Rational: Sendable, Hashable, CustomStringConvertible {
  public let numerator: Int128
  public let denominator: Int128

  /// The fraction `numerator/denominator` in lowest terms.
  public init(_ numerator: Int128, _ denominator: Int128 = 1) throws(OracleError) {
    try OracleError.require(denominator != 0, "denominator", denominator, "not zero")
    let smallest = Int128.min
    try OracleError.require(
      numerator != smallest && denominator != smallest, "numerator or denominator", smallest, "above −2^127")
    let divisor = Self.greatestCommonDivisor(numerator, denominator)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / divisor
    self.denominator = sign * denominator / divisor
  }

  /// The exact value of a finite double whose exponent fits.
  public init(exactly value: Double) throws(OracleError) {
    try OracleError.require(value.isFinite, "double", value, "finite")
    let shift = value == 0 ? 0 : max(0, 52 - Int(value.exponent))
    try OracleError.require(
      shift <= 120 && value.magnitude < 0x1p100, "double", value, "between 2^-68 and 2^100")
    let scale = Int128(1) << Int128(shift)
    // Splitting the power of two keeps the product in range; both factors are exact.
    let scaled = value * Double(sign: .plus, exponent: shift, significand: 1)
    try self.init(Int128(scaled), scale)
  }

  public var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }

  /// The nearest double up to two roundings.
  public var approximation: Double { Double(numerator) / Double(denominator) }

  public var magnitude: Rational { get throws(OracleError) { try Rational(abs(numerator), denominator) } }

  public static func + (a: Rational, b: Rational) throws(OracleError) -> Rational {
    // Knuth's reduction: dividing by the common divisor first keeps the intermediate numbers small.
    let divisor = greatestCommonDivisor(a.denominator, b.denominator)
    let left = try product(a.numerator, b.denominator / divisor)
    let right = try product(b.numerator, a.denominator / divisor)
    let (sum, overflow) = left.addingReportingOverflow(right)
    try OracleError.require(!overflow, "sum", "\(a) + \(b)", "within 127 bits")
    return try Rational(sum, try product(a.denominator / divisor, b.denominator))
  }

  public static func - (a: Rational, b: Rational) throws(OracleError) -> Rational {
    try a + Rational(-b.numerator, b.denominator)
  }

  public static func * (a: Rational, b: Rational) throws(OracleError) -> Rational {
    let left = greatestCommonDivisor(a.numerator, b.denominator)
    let right = greatestCommonDivisor(b.numerator, a.denominator)
    return try Rational(
      try product(a.numerator / left, b.numerator / right),
      try product(a.denominator / right, b.denominator / left))
  }

  public static func / (a: Rational, b: Rational) throws(OracleError) -> Rational {
    try OracleError.require(b.numerator != 0, "divisor", b, "not zero")
    return try a * Rational(b.denominator, b.numerator)
  }

  /// Exact order.
  public static func isLess(_ a: Rational, _ b: Rational) throws(OracleError) -> Bool {
    try (a - b).numerator < 0
  }

  /// Exact inner product.
  public static func dot(_ a: [Rational], _ b: [Rational]) throws(OracleError) -> Rational {
    try OracleError.requireSameCount(b.count, a.count, "second vector")
    var sum = try Rational(0)
    for (x, y) in zip(a, b) { sum = try sum + x * y }
    return sum
  }

  /// Exact Rayleigh quotient `Σ λ b²/Σ b²` (Livi 2025, equation (7)).
  public static func baseRate(rates: [Rational], row: [Rational]) throws(OracleError) -> Rational {
    var squares: [Rational] = []
    for entry in row { squares.append(try entry * entry) }
    let ones = try [Rational](repeating: Rational(1), count: row.count)
    return try dot(rates, squares) / dot(ones, squares)
  }

  /// Exact scalar transport `Γ(0), Γ(1), …` with first-order terms, by `(γ, Γ) → (a γ, a Γ + b γ)`.
  public static func scalarTransport(retentions: [Rational], gateTerms: [Rational]) throws(OracleError)
    -> [Rational]
  {
    try OracleError.requireSameCount(gateTerms.count, retentions.count, "gate terms")
    var zeroth = try Rational(1)
    var values = [zeroth]
    for (a, b) in zip(retentions, gateTerms) {
      values.append(try a * values[values.count - 1] + b * zeroth)
      zeroth = try a * zeroth
    }
    return values
  }

  private static func product(_ a: Int128, _ b: Int128) throws(OracleError) -> Int128 {
    let (value, overflow) = a.multipliedReportingOverflow(by: b)
    try OracleError.require(!overflow, "product", "\(a) · \(b)", "within 127 bits")
    return value
  }

  private static func greatestCommonDivisor(_ a: Int128, _ b: Int128) -> Int128 {
    var (x, y) = (abs(a), abs(b))
    while y != 0 { (x, y) = (y, x % y) }
    return max(x, 1)
  }
}
