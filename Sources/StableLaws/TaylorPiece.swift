/// A polynomial of degree eleven with its coefficients in place: one piece of a tabulated function.
///
/// Coefficients fall off by a factor near 33 in the local variable |t| ≤ 1, so that evaluation commits little more
/// than the rounding of the leading term. Products and sums are kept apart: `addingProduct` is a library call on
/// processors without fused multiply-add, and accuracy does not need it.
struct TaylorPiece: Sendable {
  var low: SIMD8<Double>
  var high: SIMD4<Double>

  static let count = 12

  init(_ coefficients: some RandomAccessCollection<Double>) {
    low = .zero
    high = .zero
    for (index, value) in coefficients.enumerated() {
      if index < 8 { low[index] = value } else { high[index - 8] = value }
    }
  }

  /// The value at `t`. Three independent chains keep the latency near that of degree seven.
  @inline(__always)
  func callAsFunction(_ t: Double) -> Double {
    let t2 = t * t
    let t4 = t2 * t2
    let first = (low[0] + low[1] * t) + (low[2] + low[3] * t) * t2
    let second = (low[4] + low[5] * t) + (low[6] + low[7] * t) * t2
    let third = (high[0] + high[1] * t) + (high[2] + high[3] * t) * t2
    return first + t4 * (second + t4 * third)
  }

  /// Of a polynomial Σ cₖ u^k in u = (1 + t)/2 the economised polynomial in t: powers above the eleventh are replaced from the top
  /// by the Chebyshev polynomial of their degree, which changes values on [−1, 1] by cₙ·2^(1−n) only.
  init(shifting coefficients: [Double]) {
    var shifted: [Double] = []
    for coefficient in coefficients.reversed() {
      // shifted·(1 + t)/2 + coefficient.
      var next = [Double](repeating: 0, count: shifted.count + 1)
      for (power, value) in shifted.enumerated() {
        next[power] += 0.5 * value
        next[power + 1] += 0.5 * value
      }
      next[0] += coefficient
      shifted = next
    }
    var chebyshev: [[Double]] = [[1], [0, 1]]
    while chebyshev.count < shifted.count {
      var next = [0] + chebyshev[chebyshev.count - 1].map { 2 * $0 }
      for (power, value) in chebyshev[chebyshev.count - 2].enumerated() { next[power] -= value }
      chebyshev.append(next)
    }
    for degree in stride(from: shifted.count - 1, through: Self.count, by: -1) {
      let factor = shifted[degree] / chebyshev[degree][degree]
      for (power, value) in chebyshev[degree].enumerated() { shifted[power] -= factor * value }
    }
    self.init(shifted.prefix(Self.count))
  }

  /// The coefficients in order.
  var coefficients: [Double] { (0..<Self.count).map { self[$0] } }

  subscript(index: Int) -> Double { index < 8 ? low[index] : high[index - 8] }

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

/// A polynomial of degree thirteen in v ∈ [0, 1]: the piece beyond x = 16.
struct OuterPiece: Sendable {
  var coefficients: [Double]

  static let count = 14

  /// The value at `v`; coefficients fall off, so Horner's scheme is accurate.
  @inline(__always)
  func callAsFunction(_ v: Double) -> Double {
    var result = 0.0
    for coefficient in coefficients.reversed() { result = result * v + coefficient }
    return result
  }

  func derivative(_ v: Double) -> Double {
    var result = 0.0
    for index in stride(from: coefficients.count - 1, to: 0, by: -1) {
      result = result * v + Double(index) * coefficients[index]
    }
    return result
  }

  func secondDerivative(_ v: Double) -> Double {
    var result = 0.0
    for index in stride(from: coefficients.count - 1, to: 1, by: -1) {
      result = result * v + Double(index * (index - 1)) * coefficients[index]
    }
    return result
  }
}
