extension Chart {
  /// What surrounds the picture.
  public enum Embedding: Sendable, Hashable {
    /// A file of its own, with its style sheet and namespace.
    case standalone
    /// Part of a page that carries `Chart.styleSheet` once.
    case inline
  }

  /// The chart as SVG 1.1 with no external reference.
  ///
  /// - Parameters:
  ///   - identifier: Unique in the page; names the title and description for assistive technology.
  ///   - embedding: A file of its own, or part of a page.
  /// - Complexity: linear in the number of points.
  public func svg(identifier: String = "chart", embedding: Embedding = .standalone) -> String {
    let geometry = ChartGeometry(self)
    var canvas = SVGCanvas()
    let name = Markup.identifier(identifier)
    let width = SVGCanvas.number(size.width)
    let height = SVGCanvas.number(size.height)
    let namespace = embedding == .standalone ? " xmlns=\"http://www.w3.org/2000/svg\"" : ""
    let extent = embedding == .standalone ? " width=\"\(width)\" height=\"\(height)\"" : ""
    canvas.raw(
      "<svg\(namespace) class=\"chart\"\(extent) viewBox=\"0 0 \(width) \(height)\" role=\"img\" "
        + "aria-labelledby=\"\(name)-title \(name)-description\" font-family=\"system-ui, 'DejaVu Sans', sans-serif\" "
        + "font-size=\"13\">")
    canvas.raw("<title id=\"\(name)-title\">\(Markup.escaped(title))</title>")
    canvas.raw("<desc id=\"\(name)-description\">\(Markup.escaped(spokenDescription))</desc>")
    if embedding == .standalone { canvas.raw("<style>\(Chart.styleSheet)</style>") }
    canvas.raw(
      "<rect class=\"chart-ground\" width=\"\(width)\" height=\"\(height)\" fill=\"\(Chart.lightGround)\"/>")
    for (row, line) in geometry.titleLines.enumerated() {
      canvas.text(
        line, x: 10, y: 16 + Double(row) * ChartGeometry.lineHeight, size: 14.5,
        attributes: "font-weight=\"600\"")
    }
    drawAxes(geometry, on: &canvas)
    let plot = geometry.plot
    canvas.raw("<clipPath id=\"\(name)-clip\">")
    canvas.raw(
      "<rect x=\"\(SVGCanvas.number(plot.left))\" y=\"\(SVGCanvas.number(plot.top - 1))\" width=\""
        + "\(SVGCanvas.number(plot.width))\" height=\"\(SVGCanvas.number(plot.height + 2))\"/></clipPath>")
    drawGuides(geometry, on: &canvas)
    for entry in series {
      let painter = SeriesPainter(series: entry, geometry: geometry)
      painter.draw(on: &canvas, clip: "\(name)-clip")
    }
    drawGuideLabels(geometry, on: &canvas)
    for entry in geometry.legend { drawLegend(entry, on: &canvas) }
    drawNotes(geometry, on: &canvas)
    canvas.raw("</svg>")
    return canvas.markup
  }

  /// One paragraph for those who cannot see the picture: axes, then the reach of each series.
  public var spokenDescription: String {
    let scales = [horizontal, vertical].map { $0.scale == .log10 ? " (logarithmic)" : "" }
    var sentences = ["\(vertical.label)\(scales[1]) against \(horizontal.label)\(scales[0])."]
    for entry in series where !entry.name.isEmpty {
      let xs = entry.abscissas(horizontal: horizontal, vertical: vertical)
      let ys = entry.ordinates(horizontal: horizontal, vertical: vertical)
      guard let left = xs.min(), let right = xs.max(), let low = ys.min(), let high = ys.max() else {
        sentences.append("\(entry.name): nothing to show.")
        continue
      }
      sentences.append(
        "\(entry.name): \(xs.count) points, horizontally from \(NumberText.significant(left)) to "
          + "\(NumberText.significant(right)), vertically from \(NumberText.significant(low)) to "
          + "\(NumberText.significant(high)).")
    }
    for guide in guides where !guide.label.isEmpty {
      sentences.append("Reference line \(guide.label) at \(NumberText.significant(guide.value)).")
    }
    return (sentences + ChartGaps(self).notes).joined(separator: " ")
  }

  private func drawLegend(_ entry: ChartGeometry.LegendEntry, on canvas: inout SVGCanvas) {
    let style = series[entry.series].style
    let end = entry.left + ChartGeometry.legendSample
    canvas.raw("<g class=\"series-\(style.index)\" color=\"\(style.lightColour)\">")
    switch series[entry.series].shape {
    case .band:
      canvas.raw(
        "<rect x=\"\(SVGCanvas.number(entry.left))\" y=\"\(SVGCanvas.number(entry.middle - 6))\" width=\"34\" "
          + "height=\"11\" fill=\"currentColor\" fill-opacity=\"0.22\" stroke=\"none\"/>")
    case .markers:
      canvas.marker(style.marker, x: (entry.left + end) / 2, y: entry.middle)
    case .line, .step, .lineWithMarkers:
      canvas.polyline([(entry.left, entry.middle), (end, entry.middle)], dashes: style.dashes)
      if series[entry.series].shape != .line {
        canvas.marker(style.marker, x: (entry.left + end) / 2, y: entry.middle)
      }
    }
    canvas.raw("</g>")
    canvas.text(series[entry.series].name, x: end + 6, y: entry.middle + 4.5)
  }

  private func drawNotes(_ geometry: ChartGeometry, on canvas: inout SVGCanvas) {
    let top = size.height - Double(geometry.notes.count) * 15
    for (row, note) in geometry.notes.enumerated() {
      canvas.text(note, x: 10, y: top + Double(row) * 15 + 9, size: 11.5, role: .muted)
    }
  }
}
