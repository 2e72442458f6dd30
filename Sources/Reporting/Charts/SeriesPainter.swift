/// Draws one series: runs of neighbouring points that have a place on both axes, broken where one has none.
struct SeriesPainter {
  typealias Point = (x: Double, y: Double)

  let series: ChartSeries
  let geometry: ChartGeometry

  func draw(on canvas: inout SVGCanvas, clip: String) {
    let style = series.style
    canvas.raw("<g class=\"series-\(style.index)\" color=\"\(style.lightColour)\">")
    canvas.raw("<g clip-path=\"url(#\(clip))\">")
    var markers: [Point] = []
    switch series.shape {
    case .markers:
      markers = runs().flatMap { $0 }
    case .line:
      drawRuns(runs(), on: &canvas)
    case .lineWithMarkers:
      let runs = runs()
      drawRuns(runs, on: &canvas)
      markers = spread(runs.flatMap { $0 })
    case .step:
      let runs = runs()
      drawRuns(runs.map(stairs), on: &canvas)
      markers = spread(runs.flatMap { $0 })
    case .band(let upper):
      for outline in bandOutlines(upper) {
        canvas.polygon(outline)
      }
    }
    canvas.raw("</g>")
    // Markers are not clipped: one on the frame should be whole. Those beyond it are left out.
    for point in markers where isInside(point) { canvas.marker(style.marker, x: point.x, y: point.y) }
    canvas.raw("</g>")
  }

  /// The points in order, cut wherever one cannot be placed.
  func runs() -> [[Point]] {
    var runs: [[Point]] = []
    var run: [Point] = []
    for index in 0..<series.completeCount {
      if let point = geometry.position(series.x[index], series.y[index]) {
        run.append(limited(point))
      } else if !run.isEmpty {
        runs.append(run)
        run = []
      }
    }
    if !run.isEmpty { runs.append(run) }
    return runs
  }

  private func drawRuns(_ runs: [[Point]], on canvas: inout SVGCanvas) {
    for run in runs {
      if run.count == 1 {
        // A lone point has no line; a dot keeps it visible.
        canvas.dot(x: run[0].x, y: run[0].y)
      } else {
        canvas.polyline(run, dashes: series.style.dashes)
      }
    }
  }

  /// Horizontal first, then vertical: the value holds until the next point.
  private func stairs(_ run: [Point]) -> [Point] {
    var result: [Point] = []
    for point in run {
      if let last = result.last { result.append((point.x, last.y)) }
      result.append(point)
    }
    return result
  }

  /// About nine markers a series, begun at different places so that coinciding series do not hide each other.
  private func spread(_ points: [Point]) -> [Point] {
    guard points.count > 12 else { return points }
    let stride = (points.count + 8) / 9
    let first = series.style.index * stride / 6
    return Swift.stride(from: first, to: points.count, by: stride).map { points[$0] }
  }

  private func bandOutlines(_ upper: [Double]) -> [[Point]] {
    var outlines: [[Point]] = []
    var top: [Point] = []
    var bottom: [Point] = []
    func close() {
      if top.count > 1 { outlines.append(top + bottom.reversed()) }
      top = []
      bottom = []
    }
    for index in 0..<series.completeCount {
      guard let high = geometry.position(series.x[index], upper[index]), series.y[index].isFinite else {
        close()
        continue
      }
      let low = geometry.position(series.x[index], series.y[index]) ?? (high.x, geometry.plot.bottom)
      top.append(limited(high))
      bottom.append(limited(low))
    }
    close()
    return outlines
  }

  /// Keeps coordinates within what renderers hold in single precision; the clip path hides the difference.
  private func limited(_ point: Point) -> Point {
    (min(max(point.x, -1e5), 1e5), min(max(point.y, -1e5), 1e5))
  }

  private func isInside(_ point: Point) -> Bool {
    let plot = geometry.plot
    let slack = 0.5
    return point.x >= plot.left - slack && point.x <= plot.right + slack && point.y >= plot.top - slack
      && point.y <= plot.bottom + slack
  }
}
