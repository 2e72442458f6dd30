/// A running sum with Neumaier's compensation.
///
/// The error of the result is at most `2u·|Σxᵢ| + O(n·u²)·Σ|xᵢ|` with `u = 2⁻⁵³`, against `n·u·Σ|xᵢ|` for a plain
/// loop (Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., section 4.3). Sums merge, so shards
/// can be added up in a fixed order.
@frozen
public struct CompensatedSum: Sendable, Hashable {
  @usableFromInline var total = 0.0
  @usableFromInline var compensation = 0.0

  @inlinable public init() {}

  /// The sum of a sequence.
  @inlinable
  public init(_ terms: some Sequence<Double>) {
    for term in terms { add(term) }
  }

  @inlinable public var value: Double { total + compensation }

  @inlinable
  public mutating func add(_ term: Double) {
    let next = total + term
    compensation +=
      total.magnitude >= term.magnitude ? (total - next) + term : (term - next) + total
    total = next
  }

  /// Adds what `other` has summed.
  public mutating func merge(_ other: CompensatedSum) {
    add(other.total)
    compensation += other.compensation
  }
}
