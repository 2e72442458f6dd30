import Foundation

/// Density and tail of the standard law at one α, ready for evaluation at x ≥ 0.
///
/// A final class, so that laws of different scale share the contracted tables.
final class SymmetricStableTable: Sendable {
  let tailIndex: Double
  /// Density pieces, 40.
  let densityPieces: [TaylorPiece]
  /// F − 1/2 (divided by x in piece 0) on pieces 0...7, the tail on the others, 40.
  let tailPieces: [TaylorPiece]
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
    densityPieces = contract(.density)
    tailPieces = contract(.tail)
    let outerScale = gap * Foundation.pow(0.0625, tailIndex)
    func outer(_ kind: SymmetricStableCoefficients.Kind) -> OuterPiece {
      OuterPiece(
        coefficients: store.contractOuter(kind, quarter, basis.value).coefficients.map { $0 * outerScale })
    }
    densityOuter = outer(.density)
    tailOuter = outer(.tail)
    negativePower = NegativePower(tailIndex)
    gaussianFrom = quarter == 3 ? 3 : .infinity
    gaussianUntil = Self.gaussianRange(tailIndex, quarter)
    let pieces = tailPieces
    let hasGaussian = quarter == 3
    var knots: [Double] = []
    for index in 8..<PieceLocation.count {
      var value = pieces[index](-1)
      if hasGaussian, index >= PieceLocation.firstSplit {
        value += GaussianEnd.tail(PieceLocation.lowerEnd(index))
      }
      knots.append(value)
    }
    var last = pieces[PieceLocation.count - 1](1)
    if hasGaussian { last += GaussianEnd.tail(16) }
    knots.append(last)
    tailKnots = knots
    centreKnots = [0, pieces[0](1) / 8] + (2...8).map { pieces[$0 - 1](1) }
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
      let at = PieceLocation(x)
      let value = densityPieces[at.index](at.local)
      return x >= gaussianFrom ? value + GaussianEnd.density(x) : value
    }
    return outerDensity(x)
  }

  @inline(__always)
  func tail(_ x: Double) -> Double {
    if x < PieceLocation.outerBound {
      let at = PieceLocation(x)
      var value = tailPieces[at.index](at.local) * at.centreFactor
      // 1/2 − value below 1, value itself above, without a branch.
      value =
        Double(bitPattern: at.belowOne & 0x3fe0_0000_0000_0000)
        + Double(bitPattern: value.bitPattern ^ (at.belowOne & 0x8000_0000_0000_0000))
      return x >= gaussianFrom ? value + GaussianEnd.tail(x) : value
    }
    return outerTail(x)
  }

  /// F(x) − 1/2 for 0 ≤ x < 1, relatively accurate down to zero.
  @inline(__always)
  func centre(_ x: Double) -> Double {
    let at = PieceLocation(x)
    return tailPieces[at.index](at.local) * at.centreFactor
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
    if x < PieceLocation.outerBound {
      let at = PieceLocation(x)
      let value = densityPieces[at.index].derivative(at.local) * at.slope
      return x >= gaussianFrom ? value - 0.5 * x * GaussianEnd.density(x) : value
    }
    guard x < .infinity else { return x.isNaN ? x : 0 }
    let v = negativePower(x)
    let value = -v / x * ((tailIndex + 1) * densityOuter(v) + tailIndex * v * densityOuter.derivative(v)) / x
    return x < gaussianUntil ? value - 0.5 * x * GaussianEnd.density(x) : value
  }

  /// One value at x ≥ 0, contracting only the piece that holds it.
  static func single(_ kind: SymmetricStableCoefficients.Kind, _ x: Double, _ tailIndex: Double) -> Double {
    let store = SymmetricStableCoefficients.shared
    let basis = SymmetricStableCoefficients.Basis(tailIndex)
    let split = basis.quarter == 3
    let gap = split ? 2 - tailIndex : 1
    if x < PieceLocation.outerBound {
      let at = PieceLocation(x)
      var value = store.contract(kind, at.index, basis.quarter, basis.value)(at.local)
      if kind == .tail, at.index < 8 { return 0.5 - value * at.centreFactor }
      if split, at.index >= PieceLocation.firstSplit {
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
