import Foundation

/// The logarithm of the standard density with its derivatives in x and α up to the second order, at one α.
///
/// Derivatives in α come from the derivatives of the Chebyshev polynomials the tables are made of. Making a jet costs about
/// fifteen microseconds, a value some fifty nanoseconds.
struct StableJetTable: Sendable {
  /// Derivatives of log f at one point.
  struct Value {
    var logDensity = 0.0
    /// ∂x.
    var dx = 0.0
    /// ∂α.
    var da = 0.0
    var dxx = 0.0
    var dxa = 0.0
    var daa = 0.0
  }

  let tailIndex: Double
  private let inside: [Piece]
  private let outer: OuterPiece
  private let outerFirst: OuterPiece
  private let outerSecond: OuterPiece
  private let negativePower: NegativePower
  private let gaussianFrom: Double
  private let gaussianUntil: Double

  private struct Piece {
    var value: PlacedPiece
    var first: TaylorPiece
    var second: TaylorPiece
  }

  /// - Precondition: 1 ≤ α ≤ 2.
  init(_ tailIndex: Double) {
    let store = SymmetricStableCoefficients.shared
    let basis = SymmetricStableCoefficients.Basis(tailIndex, derivatives: true)
    let quarter = basis.quarter
    let gap = 2 - tailIndex
    self.tailIndex = tailIndex
    inside = (0..<PieceLocation.count).map { index in
      var value = store.contract(.density, index, quarter, basis.value)
      var first = store.contract(.density, index, quarter, basis.first)
      var second = store.contract(.density, index, quarter, basis.second)
      if quarter == 3, index >= PieceLocation.firstSplit {
        // f − g = (2 − α) h, hence −h + (2 − α) h′ and −2h′ + (2 − α) h″.
        second.low = gap * second.low - 2 * first.low
        second.high = gap * second.high - 2 * first.high
        first.low = gap * first.low - value.low
        first.high = gap * first.high - value.high
        value.low *= gap
        value.high *= gap
      }
      return Piece(value: PlacedPiece(value, at: index), first: first, second: second)
    }
    var value = store.contractOuter(.density, quarter, basis.value).coefficients
    var first = store.contractOuter(.density, quarter, basis.first).coefficients
    var second = store.contractOuter(.density, quarter, basis.second).coefficients
    if quarter == 3 {
      second = gap * second - 2 * first
      first = gap * first - value
      value *= gap
    }
    outer = OuterPiece(coefficients: value)
    outerFirst = OuterPiece(coefficients: first)
    outerSecond = OuterPiece(coefficients: second)
    negativePower = NegativePower(tailIndex)
    gaussianFrom = quarter == 3 ? 3 : .infinity
    gaussianUntil = SymmetricStableTable.gaussianRange(tailIndex, quarter)
  }

  /// The derivatives at x ≥ 0.
  @inline(__always)
  func callAsFunction(_ x: Double) -> Value {
    guard x < PieceLocation.outerBound else { return outside(x) }
    if x < PieceLocation.centralBound { return central(x) }
    let piece = inside[PieceLocation.index(of: x)]
    let t = piece.value.local(x)
    let slope = piece.value.slope
    let polynomial = piece.value.polynomial
    var f = polynomial(t)
    var fx = polynomial.derivative(t) * slope
    var fxx = polynomial.secondDerivative(t) * slope * slope
    let fa = piece.first(t)
    let fxa = piece.first.derivative(t) * slope
    let faa = piece.second(t)
    if x >= gaussianFrom {
      let g = GaussianEnd.density(x)
      f += g
      fx -= 0.5 * x * g
      fxx += (0.25 * x * x - 0.5) * g
    }
    return Self.logarithmic(f, fx, fa, fxx, fxa, faa)
  }

  /// Piece 0: polynomials in t = (8x)², so that odd derivatives vanish at zero exactly.
  private func central(_ x: Double) -> Value {
    let t = PieceLocation.centralVariable(x)
    let slope = 128 * x
    let piece = inside[0]
    let polynomial = piece.value.polynomial
    let first = polynomial.derivative(t)
    return Self.logarithmic(
      polynomial(t), first * slope, piece.first(t),
      polynomial.secondDerivative(t) * slope * slope + 128 * first,
      piece.first.derivative(t) * slope, piece.second(t))
  }

  @inline(__always)
  private static func logarithmic(
    _ f: Double, _ fx: Double, _ fa: Double, _ fxx: Double, _ fxa: Double, _ faa: Double
  ) -> Value {
    let reciprocal = 1 / f
    let dx = fx * reciprocal
    let da = fa * reciprocal
    return Value(
      logDensity: Foundation.log(f), dx: dx, da: da, dxx: fxx * reciprocal - dx * dx,
      dxa: fxa * reciprocal - dx * da,
      daa: faa * reciprocal - da * da)
  }

  /// x ≥ 16: f = x^(−α−1) M(α, v) with v = (16/x)^α, to which the normal part is added where it matters.
  private func outside(_ x: Double) -> Value {
    let v = negativePower(x)
    let logRatio = Foundation.log(16 / x)
    let m = outer(v)
    let mv = outer.scaledDerivative(v)
    let mvv = outer.scaledSecondDerivative(v)
    let ma = outerFirst(v)
    let mav = outerFirst.scaledDerivative(v)
    let maa = outerSecond(v)
    // D = ∂α at fixed x acts on M as ∂α + L v∂v, and x∂x as −α v∂v.
    let dm = ma + logRatio * mv
    let ddm = maa + 2 * logRatio * mav + logRatio * logRatio * (mv + mvv)
    let em = -tailIndex * mv
    let eem = tailIndex * tailIndex * (mv + mvv)
    let dem = -mv - tailIndex * (mav + logRatio * (mv + mvv))
    let logX = Foundation.log(x)
    guard m > 0, x >= gaussianUntil else { return mixed(x, v, m, dm, ddm, em, eem, dem, logX) }
    let e = em / m
    let d = dm / m
    let xdx = -(tailIndex + 1) + e
    return Value(
      logDensity: Foundation.log(m) - (tailIndex + 1) * logX, dx: xdx / x, da: d - logX,
      dxx: (eem / m - e * e - xdx) / (x * x), dxa: (dem / m - d * e - 1) / x, daa: ddm / m - d * d)
  }

  private func mixed(
    _ x: Double, _ v: Double, _ m: Double, _ dm: Double, _ ddm: Double, _ em: Double, _ eem: Double,
    _ dem: Double,
    _ logX: Double
  ) -> Value {
    let power = Foundation.pow(x, -tailIndex) / x
    let k = tailIndex + 1
    let g = GaussianEnd.density(x)
    return Self.logarithmic(
      power * m + g,
      power * (em - k * m) / x - 0.5 * x * g,
      power * (dm - logX * m),
      power * (eem - (2 * k + 1) * em + k * (k + 1) * m) / (x * x) + (0.25 * x * x - 0.5) * g,
      power * (dem - k * dm - m - logX * (em - k * m)) / x,
      power * (ddm - 2 * logX * dm + logX * logX * m))
  }
}
