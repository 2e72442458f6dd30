/// What ``normalisedSquares`` reads and writes: columns of one vector of eight sequences a unit.
public struct NormalisedSquaresPlan {
  public typealias Column = UnsafePointer<SIMD8<Double>>
  public typealias Sums = UnsafeMutablePointer<SIMD8<Double>>

  public var units: Int
  public var left: Column
  public var normalised: Column
  /// One vector.
  public var plain: Column
  public var weights: Column
  /// Added to.
  public var plainSums: Sums
  public var weightedSums: Sums

  public init(
    units: Int, left: Column, normalised: Column, plain: Column, weights: Column, plainSums: Sums,
    weightedSums: Sums
  ) {
    self.units = units
    self.left = left
    self.normalised = normalised
    self.plain = plain
    self.weights = weights
    self.plainSums = plainSums
    self.weightedSums = weightedSums
  }
}
