import Foundation

/// Where an axis begins and ends and where its ticks lie, in the coordinate of its scale.
struct AxisLayout: Sendable, Hashable {
  let scale: ChartAxis.Scale
  let lower: Double
  let upper: Double
  let ticks: [AxisTick]
  /// A fixed bound is in force, so data may lie beyond.
  let isBounded: Bool

  /// - Parameters:
  ///   - values: Everything the axis should show; values without a place on the scale are passed over.
  ///   - tickCount: At most about this many labelled intervals.
  init(_ axis: ChartAxis, values: some Sequence<Double>, tickCount: Int) {
    scale = axis.scale
    var low = Double.infinity
    var high = -Double.infinity
    for value in values {
      guard let coordinate = axis.scale.coordinate(value) else { continue }
      low = min(low, coordinate)
      high = max(high, coordinate)
    }
    let fixedLow = axis.lowerBound.flatMap(axis.scale.coordinate)
    var fixedHigh = axis.upperBound.flatMap(axis.scale.coordinate)
    if let bottom = fixedLow, let top = fixedHigh, top <= bottom { fixedHigh = nil }
    low = fixedLow ?? low
    high = fixedHigh ?? high
    if !low.isFinite { low = high.isFinite ? high : 0 }
    if !high.isFinite || high < low { high = low }
    (low, high) = Self.widened(low, high, keepLow: fixedLow != nil, keepHigh: fixedHigh != nil)

    let covering = axis.reach == .ticks
    var candidates = Self.ticks(axis.scale, low, high, atMost: tickCount, covering: covering)
    if covering {
      if fixedLow == nil { low = min(low, candidates.first?.coordinate ?? low) }
      if fixedHigh == nil { high = max(high, candidates.last?.coordinate ?? high) }
    }
    let slack = 1e-9 * (high - low)
    candidates.removeAll { $0.coordinate < low - slack || $0.coordinate > high + slack }
    lower = low
    upper = high
    ticks = candidates
    isBounded = fixedLow != nil || fixedHigh != nil
  }

  /// The place of `value` along the axis, 0 at its lower and 1 at its upper end; nil when it has none on the scale.
  func fraction(_ value: Double) -> Double? {
    scale.coordinate(value).map(fraction(coordinate:))
  }

  func fraction(coordinate: Double) -> Double { (coordinate - lower) / (upper - lower) }

  /// An axis needs a width its labels can resolve: a point or a hair's breadth is widened about itself.
  private static func widened(_ low: Double, _ high: Double, keepLow: Bool, keepHigh: Bool)
    -> (Double, Double)
  {
    let size = max(low.magnitude, high.magnitude)
    // Below 1e-9 of the magnitude, tick labels would need more digits than fit.
    guard high - low < max(size * 1e-9, 1e-290) else { return (low, high) }
    let margin = size > 1e-280 ? size * 0.1 : 1
    if keepLow { return (low, low + margin) }
    if keepHigh { return (high - margin, high) }
    return (low - margin, high + margin)
  }

  private static func ticks(
    _ scale: ChartAxis.Scale, _ low: Double, _ high: Double, atMost count: Int, covering: Bool
  ) -> [AxisTick] {
    let ticks =
      switch scale {
      case .linear: AxisTicks.linear(lower: low, upper: high, atMost: count, covering: covering)
      case .log10: AxisTicks.logarithmic(lower: low, upper: high, atMost: count, covering: covering)
      }
    return ticks.sorted { $0.coordinate < $1.coordinate }
  }
}
