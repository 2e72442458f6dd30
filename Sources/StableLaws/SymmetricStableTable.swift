import Foundation

/// Density and tail of the standard law at one α, ready for evaluation at x ≥ 0.
///
/// A final class, so that laws of different scale share the contracted tables.
final class SymmetricStableTable: Sendable {
  let tailIndex: Double
  /// 1 − 1/α.
  let meanExponent: Double
  /// Density, 40 pieces.
  let densityPieces: [PlacedPiece]
  /// 1 − F, 40 pieces.
  let tailPieces: [PlacedPiece]
  /// The density on piece 0 as a polynomial in (8x)²: its derivative is relatively accurate down to zero.
  let centralDensity: TaylorPiece
  /// F − 1/2 on pieces 0...7, in piece 0 divided by x and a polynomial in (8x)²: relatively accurate down to zero.
  let centrePieces: [PlacedPiece]
  let densityOuter: OuterPiece
  let tailOuter: OuterPiece
  let negativePower: NegativePower
  /// From this point on the normal law's part must be added; infinite when there is none.
  let gaussianFrom: Double
  /// Beyond this point the normal law's part is below 2⁻⁶⁰ of the rest.
  let gaussianUntil: Double
  /// 1 − F at the lower ends of the pieces and at 16, decreasing.
  let tailKnots: [Double]
  /// F − 1/2 at 0, 1/8, …, 1.
  let centreKnots: [Double]

  init(_ tailIndex: Double) {
    let store = SymmetricStableCoefficients.shared
    let basis = SymmetricStableCoefficients.Basis(tailIndex)
    let quarter = basis.quarter
    self.tailIndex = tailIndex
    meanExponent = 1 - 1 / tailIndex
    let gap = quarter == 3 ? 2 - tailIndex : 1
    func contract(_ kind: SymmetricStableCoefficients.Kind) -> [TaylorPiece] {
      (0..<PieceLocation.count).map { index in
        var piece = store.contract(kind, index, quarter, basis.value)
        if quarter == 3, index >= PieceLocation.firstSplit {
          piece.low *= gap
          piece.high *= gap
        }
        return piece
      }
    }
    var density = contract(.density)
    var tail = contract(.tail)
    centralDensity = density[0]
    centrePieces = tail[..<8].enumerated().map { PlacedPiece($1, at: $0) }
    // For values alone piece 0 is brought to the form of the others, and the tail is 1/2 minus the centre.
    var even = [Double](repeating: 0, count: 2 * TaylorPiece.count)
    for (k, value) in density[0].coefficients.enumerated() { even[2 * k] = value }
    density[0] = TaylorPiece(shifting: even)
    var odd = [Double](repeating: 0, count: 2 * TaylorPiece.count)
    for (k, value) in tail[0].coefficients.enumerated() { odd[2 * k + 1] = -value / 8 }
    odd[0] = 0.5
    tail[0] = TaylorPiece(shifting: odd)
    // The tail at zero is 1/2 exactly; the correction is of the size of one rounding.
    for _ in 0..<4 { tail[0].low[0] += 0.5 - tail[0](-1) }
    for index in 1..<8 {
      tail[index] = TaylorPiece([0.5 - tail[index][0]] + tail[index].coefficients.dropFirst().map { -$0 })
    }
    densityPieces = density.enumerated().map { PlacedPiece($1, at: $0) }
    tailPieces = tail.enumerated().map { PlacedPiece($1, at: $0) }
    let outerScale = gap * Foundation.pow(0.0625, tailIndex)
    func outer(_ kind: SymmetricStableCoefficients.Kind) -> OuterPiece {
      OuterPiece(coefficients: store.contractOuter(kind, quarter, basis.value).coefficients * outerScale)
    }
    densityOuter = outer(.density)
    tailOuter = outer(.tail)
    negativePower = NegativePower(tailIndex)
    gaussianFrom = quarter == 3 ? 3 : .infinity
    gaussianUntil = Self.gaussianRange(tailIndex, quarter)
    let hasGaussian = quarter == 3
    var knots: [Double] = []
    for index in 8..<PieceLocation.count {
      var value = tail[index](-1)
      if hasGaussian, index >= PieceLocation.firstSplit {
        value += GaussianEnd.tail(PieceLocation.lowerEnd(index))
      }
      knots.append(value)
    }
    var last = tail[PieceLocation.count - 1](1)
    if hasGaussian { last += GaussianEnd.tail(16) }
    knots.append(last)
    tailKnots = knots
    let centre = centrePieces.map(\.polynomial)
    centreKnots = [0, centre[0](1) / 8] + (2...8).map { centre[$0 - 1](1) }
  }

  /// Where e^(−x²/4) has become negligible against (2 − α)·x^(−α−1), with a margin for the slowly varying constants.
  static func gaussianRange(_ tailIndex: Double, _ quarter: Int) -> Double {
    guard quarter == 3 else { return 0 }
    let gap = 2 - tailIndex
    guard gap > 0 else { return .infinity }
    var x = 16.0
    while x * x / 4 < 60 * 0.6932 - Foundation.log(gap) + 4 * Foundation.log(x) + 5 { x += 0.5 }
    return x
  }

  @inline(__always)
  func density(_ x: Double) -> Double {
    if x < PieceLocation.outerBound {
      let value = densityPieces[PieceLocation.index(of: x)](x)
      return x >= gaussianFrom ? value + GaussianEnd.density(x) : value
    }
    return outerDensity(x)
  }

  @inline(__always)
  func tail(_ x: Double) -> Double {
    if x < PieceLocation.outerBound {
      let value = tailPieces[PieceLocation.index(of: x)](x)
      return x >= gaussianFrom ? value + GaussianEnd.tail(x) : value
    }
    return outerTail(x)
  }

  /// F(x) − 1/2 for 0 ≤ x < 1, relatively accurate down to zero.
  @inline(__always)
  func centre(_ x: Double) -> Double {
    if x < PieceLocation.centralBound {
      return x * centrePieces[0].polynomial(PieceLocation.centralVariable(x))
    }
    let index = PieceLocation.index(of: x)
    // The number just below 1 may be located in piece 8.
    return index < 8 ? centrePieces[index](x) : centreKnots[8]
  }

  func outerDensity(_ x: Double) -> Double {
    guard x < .infinity else { return x.isNaN ? x : 0 }
    let v = negativePower(x)
    let value = v * densityOuter(v) / x
    return x < gaussianUntil ? value + GaussianEnd.density(x) : value
  }

  func outerTail(_ x: Double) -> Double {
    guard x < .infinity else { return x.isNaN ? x : 0 }
    let v = negativePower(x)
    let value = v * tailOuter(v)
    return x < gaussianUntil ? value + GaussianEnd.tail(x) : value
  }

  func logDensity(_ x: Double) -> Double {
    if tailIndex == 2, x >= 3 { return -0.25 * x * x - 1.2655121234846454 }
    if x < 1e60 { return Foundation.log(density(x)) }
    return Foundation.log(densityOuter.coefficients[0]) + tailIndex * Foundation.log(16)
      - (tailIndex + 1) * Foundation.log(x)
  }

  func logTail(_ x: Double) -> Double {
    if tailIndex == 2, x >= 3 { return -0.25 * x * x + Foundation.log(GaussianEnd.scaledTail(x)) }
    if x < 1e60 { return Foundation.log(tail(x)) }
    return Foundation.log(tailOuter.coefficients[0]) + tailIndex * (Foundation.log(16) - Foundation.log(x))
  }

  func densityDerivative(_ x: Double) -> Double {
    if x < PieceLocation.centralBound {
      return 128 * x * centralDensity.derivative(PieceLocation.centralVariable(x))
    }
    if x < PieceLocation.outerBound {
      let piece = densityPieces[PieceLocation.index(of: x)]
      let value = piece.polynomial.derivative(piece.local(x)) * piece.slope
      return x >= gaussianFrom ? value - 0.5 * x * GaussianEnd.density(x) : value
    }
    guard x < .infinity else { return x.isNaN ? x : 0 }
    let v = negativePower(x)
    let value =
      -v / x * ((tailIndex + 1) * densityOuter(v) + tailIndex * densityOuter.scaledDerivative(v)) / x
    return x < gaussianUntil ? value - 0.5 * x * GaussianEnd.density(x) : value
  }

  /// One value at x ≥ 0, contracting only the piece that holds it.
  static func single(_ kind: SymmetricStableCoefficients.Kind, _ x: Double, _ tailIndex: Double) -> Double {
    let store = SymmetricStableCoefficients.shared
    let basis = SymmetricStableCoefficients.Basis(tailIndex)
    let split = basis.quarter == 3
    let gap = split ? 2 - tailIndex : 1
    if x < PieceLocation.centralBound {
      let value = store.contract(kind, 0, basis.quarter, basis.value)(PieceLocation.centralVariable(x))
      return kind == .density ? value : 0.5 - x * value
    }
    if x < PieceLocation.outerBound {
      let index = PieceLocation.index(of: x)
      var value = PlacedPiece(store.contract(kind, index, basis.quarter, basis.value), at: index)(x)
      if kind == .tail, index < 8 { return 0.5 - value }
      if split, index >= PieceLocation.firstSplit {
        value = gap * value + (kind == .density ? GaussianEnd.density(x) : GaussianEnd.tail(x))
      }
      return value
    }
    guard x < .infinity else { return x.isNaN ? x : 0 }
    let v = Foundation.pow(16 / x, tailIndex)
    let power = Foundation.pow(x, -tailIndex)
    var value = gap * power * store.contractOuter(kind, basis.quarter, basis.value)(v)
    if kind == .density { value /= x }
    if split, x < gaussianRange(tailIndex, 3) {
      value += kind == .density ? GaussianEnd.density(x) : GaussianEnd.tail(x)
    }
    return value
  }
}
