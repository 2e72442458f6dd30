extension Chart {
  /// Grid, ticks, tick labels and axis labels.
  func drawAxes(_ geometry: ChartGeometry, on canvas: inout SVGCanvas) {
    let plot = geometry.plot
    for tick in geometry.horizontal.ticks {
      let x = plot.left + geometry.horizontal.fraction(coordinate: tick.coordinate) * plot.width
      guard let label = tick.label else {
        canvas.rule(x, plot.bottom, x, plot.bottom + 3, role: .axis)
        continue
      }
      canvas.rule(x, plot.top, x, plot.bottom, role: .grid)
      canvas.rule(x, plot.bottom, x, plot.bottom + 5, role: .axis)
      canvas.text(label, x: x, y: plot.bottom + 18, anchor: "middle")
    }
    for tick in geometry.vertical.ticks {
      let y = plot.bottom - geometry.vertical.fraction(coordinate: tick.coordinate) * plot.height
      guard let label = tick.label else {
        canvas.rule(plot.left - 3, y, plot.left, y, role: .axis)
        continue
      }
      canvas.rule(plot.left, y, plot.right, y, role: .grid)
      canvas.rule(plot.left - 5, y, plot.left, y, role: .axis)
      canvas.text(label, x: plot.left - 8, y: y + 4.5, anchor: "end")
    }
    canvas.rule(plot.left, plot.top, plot.left, plot.bottom, role: .axis)
    canvas.rule(plot.left, plot.bottom, plot.right, plot.bottom, role: .axis)
    canvas.text(
      horizontal.label, x: plot.left + plot.width / 2, y: plot.bottom + 18 + ChartGeometry.lineHeight,
      anchor: "middle")
    let middle = SVGCanvas.number(plot.top + plot.height / 2)
    canvas.text(
      vertical.label, x: 14, y: plot.top + plot.height / 2, anchor: "middle",
      attributes: "transform=\"rotate(-90 14 \(middle))\"")
    if geometry.isEmpty {
      canvas.text(
        "nothing to show", x: plot.left + plot.width / 2, y: plot.top + plot.height / 2, anchor: "middle",
        role: .muted)
    }
  }

  func drawGuides(_ geometry: ChartGeometry, on canvas: inout SVGCanvas) {
    let plot = geometry.plot
    for guide in guides {
      switch guide.direction {
      case .horizontal:
        guard let up = geometry.vertical.fraction(guide.value), (0...1).contains(up) else { continue }
        let y = plot.bottom - up * plot.height
        canvas.rule(plot.left, y, plot.right, y, role: .guide)
      case .vertical:
        guard let across = geometry.horizontal.fraction(guide.value), (0...1).contains(across) else {
          continue
        }
        let x = plot.left + across * plot.width
        canvas.rule(x, plot.top, x, plot.bottom, role: .guide)
      }
    }
  }

  /// Labels are drawn after the data, with a halo of the ground, so that lines do not cross them out.
  func drawGuideLabels(_ geometry: ChartGeometry, on canvas: inout SVGCanvas) {
    let plot = geometry.plot
    for guide in guides where !guide.label.isEmpty {
      switch guide.direction {
      case .horizontal:
        guard let up = geometry.vertical.fraction(guide.value), (0...1).contains(up) else { continue }
        let y = plot.bottom - up * plot.height
        let below = y - 16 < plot.top
        canvas.text(
          guide.label, x: plot.right - 4, y: below ? y + 15 : y - 5, anchor: "end", size: 12, role: .halo)
      case .vertical:
        guard let across = geometry.horizontal.fraction(guide.value), (0...1).contains(across) else {
          continue
        }
        let x = plot.left + across * plot.width
        let leftwards = x + TextMeasure.width(guide.label, size: 12) + 6 > plot.right
        canvas.text(
          guide.label, x: leftwards ? x - 4 : x + 4, y: plot.top + 12, anchor: leftwards ? "end" : "start",
          size: 12, role: .halo)
      }
    }
  }
}
