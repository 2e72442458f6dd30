/// A piece together with its place on the axis.
struct PlacedPiece: Sendable {
  var polynomial: TaylorPiece
  private let centre: Double
  /// dt/dx.
  let slope: Double

  /// - Parameter index: of ``PieceLocation``.
  init(_ polynomial: TaylorPiece, at index: Int) {
    self.polynomial = polynomial
    let halfWidth = PieceLocation.halfWidth(index)
    centre = PieceLocation.lowerEnd(index) + halfWidth
    slope = 1 / halfWidth
  }

  /// The local variable: −1 at the lower end, 1 at the upper end.
  ///
  /// Exact but for points below 1/16, which round when the centre is taken off: the centre has five significant bits and the
  /// slope is a power of two.
  @inline(__always)
  func local(_ x: Double) -> Double { (x - centre) * slope }

  /// The value at `x`, which lies in the piece.
  @inline(__always)
  func callAsFunction(_ x: Double) -> Double { polynomial(local(x)) }
}
