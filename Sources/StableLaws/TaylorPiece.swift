/// A polynomial of degree eleven with its coefficients in place: one piece of a tabulated function.
///
/// Coefficients fall off by a factor near 33 in the local variable |t| ≤ 1, so that evaluation commits little more
/// than the rounding of the leading term. Products and sums are kept apart: `addingProduct` is a library call on
/// processors without fused multiply-add, and accuracy does not need it.
struct TaylorPiece: Sendable {
  var low: SIMD8<Double>
  var high: SIMD4<Double>

  static let count = 12

  init(low: SIMD8<Double>, high: SIMD4<Double>) {
    self.low = low
    self.high = high
  }

  init(_ coefficients: some RandomAccessCollection<Double>) {
    low = .zero
    high = .zero
    for (index, value) in coefficients.enumerated() { self[index] = value }
  }

  /// The value at `t`: even and odd powers side by side, in three independent chains.
  @inline(__always)
  func callAsFunction(_ t: Double) -> Double {
    let t2 = SIMD2(repeating: t * t)
    let first = low.lowHalf.lowHalf + low.lowHalf.highHalf * t2
    let second = low.highHalf.lowHalf + low.highHalf.highHalf * t2
    let third = high.lowHalf + high.highHalf * t2
    let t4 = t2 * t2
    let parts = first + t4 * (second + t4 * third)
    return parts[0] + t * parts[1]
  }

  /// Of a polynomial Σ cₖ u^k in u = (1 + t)/2 the economised polynomial in t: powers above the eleventh are replaced from the top
  /// by the Chebyshev polynomial of their degree, which changes values on [−1, 1] by cₙ·2^(1−n) only.
  ///
  /// - Precondition: at most `2 * count` coefficients.
  init(shifting coefficients: [Double]) {
    self.init(low: .zero, high: .zero)
    // Small terms first.
    for (power, value) in coefficients.enumerated().reversed() {
      low += Self.shiftedPowers[power].low * value
      high += Self.shiftedPowers[power].high * value
    }
  }

  /// The economised polynomials in t of the powers of u = (1 + t)/2.
  private static let shiftedPowers: [TaylorPiece] = {
    var chebyshev: [[Double]] = [[1], [0, 1]]
    while chebyshev.count < 2 * count {
      var next = [0] + chebyshev[chebyshev.count - 1].map { 2 * $0 }
      for (power, value) in chebyshev[chebyshev.count - 2].enumerated() { next[power] -= value }
      chebyshev.append(next)
    }
    var power = [1.0]
    return (0..<2 * count).map { _ in
      var economised = power
      for degree in stride(from: economised.count - 1, through: count, by: -1) {
        let factor = economised[degree] / chebyshev[degree][degree]
        for (k, value) in chebyshev[degree].enumerated() { economised[k] -= factor * value }
      }
      // Times (1 + t)/2.
      power = zip(power + [0], [0] + power).map { 0.5 * ($0 + $1) }
      return TaylorPiece(economised.prefix(count))
    }
  }()

  /// The coefficients in order.
  var coefficients: [Double] { (0..<Self.count).map { self[$0] } }

  subscript(index: Int) -> Double {
    get { index < 8 ? low[index] : high[index - 8] }
    set { if index < 8 { low[index] = newValue } else { high[index - 8] = newValue } }
  }

  /// The derivative with respect to `t`.
  @inline(__always)
  func derivative(_ t: Double) -> Double {
    var result = 11 * high[3]
    result = result * t + 10 * high[2]
    result = result * t + 9 * high[1]
    result = result * t + 8 * high[0]
    result = result * t + 7 * low[7]
    result = result * t + 6 * low[6]
    result = result * t + 5 * low[5]
    result = result * t + 4 * low[4]
    result = result * t + 3 * low[3]
    result = result * t + 2 * low[2]
    return result * t + low[1]
  }

  /// The second derivative with respect to `t`.
  @inline(__always)
  func secondDerivative(_ t: Double) -> Double {
    var result = 110 * high[3]
    result = result * t + 90 * high[2]
    result = result * t + 72 * high[1]
    result = result * t + 56 * high[0]
    result = result * t + 42 * low[7]
    result = result * t + 30 * low[6]
    result = result * t + 20 * low[5]
    result = result * t + 12 * low[4]
    result = result * t + 6 * low[3]
    return result * t + 2 * low[2]
  }
}
