/// The points of a chart that cannot be shown, and why, in words for the foot of the picture.
struct ChartGaps: Sendable, Hashable {
  /// Missing or not finite on an axis, or beyond ±1e300.
  private(set) var missing = 0
  /// Zero or negative on a logarithmic axis.
  private(set) var nonpositive = 0
  /// Beyond a fixed end of an axis.
  private(set) var outside = 0
  /// Band edges drawn down to the axis because they reach zero or below on a logarithmic axis.
  private(set) var cutBands = 0
  private(set) var shownCount = 0

  init(_ chart: Chart) {
    for series in chart.series { countCuts(series, chart) }
    // A band without a name goes with a line, whose gaps are counted already.
    for series in chart.series where !series.isUnnamedBand {
      missing += series.claimedCount - series.completeCount
      for index in 0..<series.completeCount {
        count(x: series.x[index], y: series.y[index], of: series, at: index, in: chart)
      }
    }
  }

  /// Counts where the lower edge of a band lies below a logarithmic axis though the upper one does not.
  private mutating func countCuts(_ series: ChartSeries, _ chart: Chart) {
    guard case .band(let upper) = series.shape, chart.vertical.scale == .log10 else { return }
    for index in 0..<series.completeCount where series.y[index] <= 0 && upper[index] > 0 { cutBands += 1 }
  }

  private mutating func count(x: Double, y: Double, of series: ChartSeries, at index: Int, in chart: Chart) {
    var ordinate = y
    if case .band(let upper) = series.shape { ordinate = upper[index] }
    guard Self.isPlain(x), Self.isPlain(ordinate), Self.isPlain(y) else {
      missing += 1
      return
    }
    guard chart.horizontal.scale.coordinate(x) != nil, chart.vertical.scale.coordinate(ordinate) != nil else {
      nonpositive += 1
      return
    }
    if Self.isBeyond(x, chart.horizontal) || Self.isBeyond(ordinate, chart.vertical) {
      outside += 1
    } else {
      shownCount += 1
    }
  }

  /// One sentence for each kind of gap.
  var notes: [String] {
    var notes: [String] = []
    if missing > 0 { notes.append("\(Self.points(missing)) not shown: no finite value.") }
    if nonpositive > 0 {
      notes.append("\(Self.points(nonpositive)) not shown: not positive, so without a place on a log axis.")
    }
    if outside > 0 { notes.append("\(Self.points(outside)) not shown: beyond the ends of the axes.") }
    if cutBands > 0 {
      notes.append(
        "The lower edge of a band reaches zero or below at \(Self.points(cutBands)); cut at the axis.")
    }
    return notes
  }

  private static func points(_ count: Int) -> String { count == 1 ? "1 point" : "\(count) points" }

  private static func isPlain(_ value: Double) -> Bool { value.isFinite && value.magnitude <= 1e300 }

  private static func isBeyond(_ value: Double, _ axis: ChartAxis) -> Bool {
    if let lower = axis.lowerBound, value < lower { return true }
    if let upper = axis.upperBound, value > upper { return true }
    return false
  }
}

extension ChartSeries {
  /// The abscissas of all points that have a place on both axes.
  func abscissas(horizontal: ChartAxis, vertical: ChartAxis) -> [Double] {
    (0..<completeCount).compactMap { index in
      isShown(index, horizontal, vertical) ? x[index] : nil
    }
  }

  /// The ordinates of all points that have a place on both axes, both edges of a band.
  func ordinates(horizontal: ChartAxis, vertical: ChartAxis) -> [Double] {
    (0..<completeCount).flatMap { index -> [Double] in
      guard isShown(index, horizontal, vertical) else { return [] }
      if case .band(let upper) = shape { return [y[index], upper[index]] }
      return [y[index]]
    }
  }

  private func isShown(_ index: Int, _ horizontal: ChartAxis, _ vertical: ChartAxis) -> Bool {
    var ordinate = y[index]
    if case .band(let upper) = shape { ordinate = upper[index] }
    return horizontal.scale.coordinate(x[index]) != nil && vertical.scale.coordinate(ordinate) != nil
  }
}
