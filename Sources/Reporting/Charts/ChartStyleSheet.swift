extension Chart {
  /// The colours of charts on a dark ground; a light ground needs none beyond the attributes. Print stays light.
  public static var styleSheet: String {
    let series = (SeriesStyle.palette + [.reference]).map { ".series-\($0.index){color:\($0.darkColour)}" }
    return "@media screen and (prefers-color-scheme:dark){.chart-ground{fill:\(darkGround)}"
      + ".chart-text{fill:#e6e9ee}.chart-muted{fill:#a9b0ba}.chart-halo{fill:#e6e9ee;stroke:\(darkGround)}"
      + ".chart-axis{stroke:#8b929c}.chart-grid{stroke:#2e333b}.chart-guide{stroke:#a9b0ba}"
      + series.joined() + "}"
  }

  /// The ground behind charts in dark mode, `#rrggbb`.
  static let darkGround = "#171a1f"
  /// The ground behind charts in light mode, `#rrggbb`.
  static let lightGround = "#ffffff"
}
