/// The arrangement of a chart on its canvas: title above, legend below it, plot in the middle, notes at the foot.
struct ChartGeometry: Sendable {
  struct Rectangle: Sendable, Hashable {
    var left, top, width, height: Double
    var right: Double { left + width }
    var bottom: Double { top + height }
  }

  /// One entry of the legend with the left end of its sample and the middle of its line.
  struct LegendEntry: Sendable, Hashable {
    let series: Int
    let left: Double
    let middle: Double
  }

  static let lineHeight = 18.0
  static let legendSample = 34.0

  let titleLines: [String]
  let legend: [LegendEntry]
  let plot: Rectangle
  let horizontal: AxisLayout
  let vertical: AxisLayout
  /// What could not be shown, a sentence a line.
  let notes: [String]
  /// True when no point at all can be shown.
  let isEmpty: Bool

  init(_ chart: Chart) {
    let width = chart.size.width
    // Bold letters are about an eighth wider.
    titleLines = TextMeasure.wrapped(chart.title, width: width - 20, size: 14.5 * 1.125)
    let titleHeight = Double(titleLines.count) * Self.lineHeight + 6
    let legend = Self.legend(chart.series, width: width, top: titleHeight)
    self.legend = legend.entries
    let gaps = ChartGaps(chart)
    notes = gaps.notes.flatMap { TextMeasure.wrapped($0, width: width - 16, size: 11.5) }
    isEmpty = gaps.shownCount == 0

    let top = titleHeight + legend.height + 10
    let foot = 2 * Self.lineHeight + 8 + Double(notes.count) * 15
    let height = max(60, chart.size.height - top - foot)
    let guides = chart.guides
    vertical = AxisLayout(
      chart.vertical,
      values: chart.series.flatMap { $0.ordinates(horizontal: chart.horizontal, vertical: chart.vertical) }
        + guides.filter { $0.direction == .horizontal }.map(\.value),
      tickCount: max(2, min(8, Int(height / 34))))
    let labels = vertical.ticks.compactMap(\.label)
    let widest = labels.map { TextMeasure.width($0) }.max() ?? 0
    let left = 26 + widest + 8
    let right = 18.0
    let plotWidth = max(80, width - left - right)
    let abscissas =
      chart.series.flatMap { $0.abscissas(horizontal: chart.horizontal, vertical: chart.vertical) }
      + guides.filter { $0.direction == .vertical }.map(\.value)
    horizontal = Self.horizontalAxis(chart.horizontal, values: abscissas, width: plotWidth)
    plot = Rectangle(left: left, top: top, width: plotWidth, height: height)
  }

  /// Canvas position of a point, nil where an axis has no place for it.
  func position(_ x: Double, _ y: Double) -> (x: Double, y: Double)? {
    guard let across = horizontal.fraction(x), let up = vertical.fraction(y) else { return nil }
    return (plot.left + across * plot.width, plot.bottom - up * plot.height)
  }

  /// The finest ticks whose labels do not touch.
  private static func horizontalAxis(_ axis: ChartAxis, values: [Double], width: Double) -> AxisLayout {
    for count in [8, 6, 5, 4, 3] {
      let layout = AxisLayout(axis, values: values, tickCount: count)
      if labelsFit(layout, width: width) { return layout }
    }
    return AxisLayout(axis, values: values, tickCount: 2)
  }

  static func labelsFit(_ layout: AxisLayout, width: Double) -> Bool {
    var previousEnd = -Double.infinity
    for tick in layout.ticks {
      guard let label = tick.label else { continue }
      let half = TextMeasure.width(label) / 2
      let centre = layout.fraction(coordinate: tick.coordinate) * width
      if centre - half < previousEnd + 8 { return false }
      previousEnd = centre + half
    }
    return true
  }

  private static func legend(_ series: [ChartSeries], width: Double, top: Double)
    -> (entries: [LegendEntry], height: Double)
  {
    let named = series.indices.filter { !series[$0].name.isEmpty }
    guard !named.isEmpty else { return ([], 0) }
    var entries: [LegendEntry] = []
    var left = 10.0
    var row = 0.0
    for index in named {
      let extent = legendSample + 6 + TextMeasure.width(series[index].name) + 16
      if left > 10, left + extent > width - 4 {
        left = 10
        row += 1
      }
      entries.append(
        LegendEntry(series: index, left: left, middle: top + row * lineHeight + lineHeight / 2))
      left += extent
    }
    return (entries, (row + 1) * lineHeight)
  }
}
