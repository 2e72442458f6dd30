/// A streaming summary of any number of observations in bounded memory, from which every estimator works.
///
/// A histogram over the binary representation: 512 cells to each octave of |x − centre|, so cells are at most 0.2 % wide and the
/// grouping biases estimates by about 10⁻⁶ relative, below the sampling error of 10¹⁰ observations. Counts are integers:
/// merging shards gives the same result in any order and grouping, and memory is 4 kB for each octave that occurs
/// (at most 16 MB; some 100 kB for stable samples).
///
/// Cells are relative to `centre`, so pass a value within a scale or so of the location (zero, or a pilot median).
public struct StableAccumulator: Sendable, Hashable {
  /// Cells are fine near this value.
  public let centre: Double
  /// The number of observations added.
  public private(set) var count = 0
  private var pages: [Int: [UInt64]] = [:]

  /// The memory of the cells.
  public var byteCount: Int { pages.count * Self.cellsInPage * MemoryLayout<UInt64>.stride }

  private static let cellBits = 9
  private static let cellsInPage = 1 << cellBits

  /// - Throws: `notFinite` when the centre is not.
  public init(centre: Double = 0) throws(StableLawError) {
    guard centre.isFinite else { throw .notFinite(name: "centre", value: centre) }
    self.centre = centre
  }

  /// Adds one observation. O(1).
  /// - Throws: `sampleNotFinite` with the running index.
  public mutating func add(_ value: Double) throws(StableLawError) {
    let offset = value - centre
    guard offset.isFinite else { throw .sampleNotFinite(index: count, value: value) }
    let bits = offset.bitPattern
    let page = Int(truncatingIfNeeded: bits >> 52)
    let cell = Int(truncatingIfNeeded: (bits >> UInt64(52 - Self.cellBits)) & UInt64(Self.cellsInPage - 1))
    pages[page, default: [UInt64](repeating: 0, count: Self.cellsInPage)][cell] += 1
    count += 1
  }

  public mutating func add(contentsOf values: some Sequence<Double>) throws(StableLawError) {
    for value in values { try add(value) }
  }

  /// Adds what another accumulator with the same centre has seen; exact, commutative and associative.
  /// - Throws: `invalidParameter` when the centres differ.
  public mutating func merge(_ other: StableAccumulator) throws(StableLawError) {
    guard other.centre == centre else {
      throw .invalidParameter(
        name: "centre of the merged accumulator", value: other.centre, allowed: "\(centre)")
    }
    for (page, cells) in other.pages {
      var mine = pages[page] ?? [UInt64](repeating: 0, count: Self.cellsInPage)
      for index in cells.indices { mine[index] += cells[index] }
      pages[page] = mine
    }
    count += other.count
  }

  /// The middles of the occupied cells with their counts.
  public func sample() throws(StableLawError) -> StableSample {
    var cells: [(Double, Double)] = []
    for (page, counts) in pages {
      for (cell, number) in counts.enumerated() where number > 0 {
        let shift = UInt64(52 - Self.cellBits)
        let lower = UInt64(page) << 52 | UInt64(cell) << shift
        let middle = Double(bitPattern: lower | 1 << (shift - 1))
        // Zero and the subnormals are one cell for every practical purpose.
        let value = page & 0x7ff == 0 ? 0 : middle
        cells.append((centre + value, Double(number)))
      }
    }
    cells.sort { $0.0 < $1.0 }
    return try StableSample(sorted: cells.map(\.0), weights: cells.map(\.1))
  }
}
