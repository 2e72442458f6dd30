import Foundation
import Testing

@testable import Reporting

@Suite struct ChartTests {
  static func chart(
    _ series: [ChartSeries], horizontal: ChartAxis = ChartAxis("lag"),
    vertical: ChartAxis = ChartAxis("envelope")
  ) -> Chart {
    Chart(title: "A chart", horizontal: horizontal, vertical: vertical, series: series)
  }

  static let degenerate: [[Double]] = [
    [], [3], [2, 2, 2], [0, 0], [1e300, -1e300], [.leastNonzeroMagnitude, 0x1p-1060],
    [.nan, .infinity, -.infinity], [1e301],
    [1, 1 + 1e-15], [.greatestFiniteMagnitude, 1],
  ]

  /// Every point that is shown lies within the plot, and greater values lie further right and further up.
  @Test(arguments: [ChartAxis.Scale.linear, .log10])
  func pointsLieInsideThePlotInOrder(_ scale: ChartAxis.Scale) throws {
    let x = (1...40).map { Double($0 * $0) }
    let y = x.map { 1e-7 * $0 * $0 }
    for reach in [ChartAxis.Reach.data, .ticks] {
      let geometry = ChartGeometry(
        Self.chart(
          [ChartSeries("a", x: x, y: y)], horizontal: ChartAxis("lag", scale: scale, reach: reach),
          vertical: ChartAxis("envelope", scale: scale, reach: reach)))
      let points = try zip(x, y).map { try #require(geometry.position($0, $1)) }
      let plot = geometry.plot
      // Fractions of the axis carry a few roundings of numbers near one.
      let slack = 1e-9 * 1000
      #expect(points.allSatisfy { $0.x >= plot.left - slack && $0.x <= plot.right + slack })
      #expect(points.allSatisfy { $0.y >= plot.top - slack && $0.y <= plot.bottom + slack })
      for (before, after) in zip(points, points.dropFirst()) {
        #expect(after.x > before.x && after.y < before.y)
      }
    }
  }

  /// The plot, its tick labels and the legend fit on the canvas.
  @Test func nothingLeavesTheCanvas() {
    let series = (0..<6).map {
      ChartSeries("a series with a long name \($0)", x: [1, 2], y: [1, 2], style: .numbered($0))
    }
    let chart = Self.chart(series)
    let geometry = ChartGeometry(chart)
    #expect(geometry.plot.left > 0 && geometry.plot.right <= chart.size.width)
    #expect(geometry.plot.top > 0 && geometry.plot.bottom + 36 <= chart.size.height)
    for entry in geometry.legend {
      let end = entry.left + 40 + TextMeasure.width(series[entry.series].name)
      #expect(end <= chart.size.width)
      #expect(entry.middle < geometry.plot.top)
    }
  }

  /// On a log axis a value that is not positive breaks the line and the gap is stated in the picture and aloud.
  @Test func nonpositiveValuesAreAStatedGap() {
    let series = ChartSeries("gru", x: [1, 2, 3, 4, 5, 6], y: [1, 0.5, 0, -1, 0.25, 0.125])
    let chart = Self.chart([series], vertical: ChartAxis("envelope", scale: .log10))
    let runs = SeriesPainter(series: series, geometry: ChartGeometry(chart)).runs()
    #expect(runs.map(\.count) == [2, 2])
    let note = "2 points not shown: not positive, so without a place on a log axis."
    #expect(ChartGaps(chart).notes == [note])
    #expect(chart.spokenDescription.contains(note))
    #expect(chart.svg().contains(">2 points not shown"))
  }

  /// NaN, infinite values, surplus points and points beyond fixed ends are counted too.
  @Test func everyOtherGapIsStated() {
    let series = ChartSeries("a", x: [1, 2, 3, 4, 5], y: [.nan, .infinity, 50, 1])
    let gaps = ChartGaps(Self.chart([series], vertical: ChartAxis("y", from: 0, to: 10)))
    #expect(gaps.missing == 3)
    #expect(gaps.outside == 1)
    #expect(gaps.shownCount == 1)
  }

  /// The lower edge of a band on a log axis runs along the axis where it is not positive, and the chart says so.
  @Test func bandsReachingZeroAreCutAtTheAxis() {
    let band = ChartSeries("", x: [1, 2, 3], y: [0.5, 0, -1], shape: .band(upper: [1, 1, 1]))
    let line = ChartSeries("a", x: [1, 2, 3], y: [0.8, 0.5, 0.4])
    let chart = Self.chart([band, line], vertical: ChartAxis("y", scale: .log10))
    #expect(ChartGaps(chart).cutBands == 2)
    #expect(chart.svg().contains("cut at the axis"))
  }

  /// No data, one point, a constant and extreme magnitudes all give a well-formed picture with finite coordinates.
  @Test(arguments: degenerate)
  func degenerateDataGiveAWellFormedPicture(_ values: [Double]) throws {
    let x = values.indices.map { Double($0) }
    for scale in [ChartAxis.Scale.linear, .log10] {
      for shape in [ChartSeries.Shape.lineWithMarkers, .step, .markers, .band(upper: values)] {
        let chart = Self.chart(
          [ChartSeries("a", x: x, y: values, shape: shape)], vertical: ChartAxis("y", scale: scale))
        let svg = chart.svg()
        #expect(
          !svg.contains("nan") && !svg.contains("inf\"") && !svg.contains("inf,") && !svg.contains(",inf"))
        try WellFormed.check(svg)
      }
    }
  }

  /// What the author of a chart writes appears as text, never as markup.
  @Test func textIsEscaped() throws {
    let hostile = "</text><script>alert('&\"')</script>"
    var chart = Self.chart([ChartSeries(hostile, x: [1, 2], y: [1, 2])], horizontal: ChartAxis(hostile))
    chart.title = hostile
    chart.guides = [ChartGuide(.horizontal, at: 1.5, label: hostile)]
    let svg = chart.svg()
    #expect(!svg.contains("<script"))
    try WellFormed.check(svg)
  }

  /// The same value renders to the same bytes, and the picture needs nothing from outside.
  @Test func picturesAreReproducibleAndSelfContained() {
    let chart = Self.chart([ChartSeries("a", x: [1, 2], y: [1, 2])])
    #expect(chart.svg() == chart.svg())
    let links = chart.svg().replacingOccurrences(of: "http://www.w3.org/2000/svg", with: "")
    #expect(!links.contains("http") && !links.contains("href"))
  }

  /// Styles differ in dash and in marker, so a series is known without its colour.
  @Test func seriesAreToldApartWithoutColour() {
    #expect(Set(SeriesStyle.palette.map(\.dashes)).count == SeriesStyle.palette.count)
    #expect(Set(SeriesStyle.palette.map(\.marker)).count == SeriesStyle.palette.count)
    #expect(SeriesStyle.numbered(-1) == SeriesStyle.palette[5])
  }

  /// Each colour stands out from its ground by 3:1 or more, as WCAG 2.1 asks of graphics (criterion 1.4.11).
  @Test func coloursStandOutFromTheirGround() {
    for style in SeriesStyle.palette + [.reference] {
      #expect(Contrast.ratio(style.lightColour, Chart.lightGround) >= 3)
      #expect(Contrast.ratio(style.darkColour, Chart.darkGround) >= 3)
    }
  }
}

/// Contrast of two colours by the definition of WCAG 2.1.
enum Contrast {
  static func ratio(_ first: String, _ second: String) -> Double {
    let luminances = [luminance(first), luminance(second)].sorted()
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)
  }

  private static func luminance(_ colour: String) -> Double {
    let digits = Int(colour.dropFirst(), radix: 16) ?? 0
    let parts = [16, 8, 0].map { shift -> Double in
      let part = Double((digits >> shift) & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}
