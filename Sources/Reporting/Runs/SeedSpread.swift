import Foundation

/// A quantity measured with several seeds: its middle and its reach at each abscissa.
struct SeedSpread: Sendable, Hashable {
  enum Middle: Sendable { case arithmetic, geometric }

  private(set) var x: [Double] = []
  private(set) var middle: [Double] = []
  private(set) var lowest: [Double] = []
  private(set) var highest: [Double] = []
  let seedCount: Int

  /// Joins the seeds on equal abscissas; values that are not finite (for a geometric middle, not positive) are left
  /// out, and where none remains the middle is NaN, which charts show as a gap.
  init(_ seeds: [(x: [Double], y: [Double])], middle kind: Middle = .arithmetic) {
    seedCount = seeds.count
    var values: [Double: [Double]] = [:]
    for seed in seeds {
      for (x, y) in zip(seed.x, seed.y) { values[x, default: []].append(y) }
    }
    for abscissa in values.keys.sorted() {
      let usable = (values[abscissa] ?? []).filter { $0.isFinite && (kind == .arithmetic || $0 > 0) }
      x.append(abscissa)
      middle.append(Self.middle(usable, kind))
      lowest.append(usable.min() ?? .nan)
      highest.append(usable.max() ?? .nan)
    }
  }

  /// The line of the middle, below it a band from the lowest to the highest seed when there are several.
  func series(_ name: String, style: SeriesStyle, shape: ChartSeries.Shape = .lineWithMarkers)
    -> [ChartSeries]
  {
    let line = ChartSeries(name, x: x, y: middle, shape: shape, style: style)
    guard seedCount > 1 else { return [line] }
    return [ChartSeries("", x: x, y: lowest, shape: .band(upper: highest), style: style), line]
  }

  static func middle(_ values: [Double], _ kind: Middle) -> Double {
    guard !values.isEmpty else { return .nan }
    let count = Double(values.count)
    switch kind {
    case .arithmetic: return values.reduce(0, +) / count
    case .geometric: return exp(values.reduce(0) { $0 + log($1) } / count)
    }
  }

  /// The median of the values that are numbers, infinite ones included; NaN when there is none.
  static func median(_ values: [Double]) -> Double {
    let sorted = values.filter { !$0.isNaN }.sorted()
    guard !sorted.isEmpty else { return .nan }
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  }
}
