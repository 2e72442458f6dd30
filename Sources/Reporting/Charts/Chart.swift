/// A two-dimensional chart as a value: what to show, not how it is drawn.
///
/// `svg(identifier:embedding:)` renders it as self-contained SVG. Every series is told apart by dash pattern and marker
/// shape as well as by colour, so the picture reads in greyscale; points that an axis cannot show are counted and
/// named below the plot, never dropped in silence.
public struct Chart: Sendable, Hashable {
  /// One line that says what is plotted, wrapped when it is long.
  public var title: String
  /// The horizontal axis.
  public var horizontal: ChartAxis
  /// The vertical axis.
  public var vertical: ChartAxis
  /// Drawn in order: later series lie on top.
  public var series: [ChartSeries]
  /// Straight reference lines, such as a threshold.
  public var guides: [ChartGuide]
  /// Width and height in user units; text is 13 units high, so 480 by 340 reads well from a phone to a page.
  public var size: ChartSize

  public init(
    title: String, horizontal: ChartAxis, vertical: ChartAxis, series: [ChartSeries],
    guides: [ChartGuide] = [], size: ChartSize = .standard
  ) {
    self.title = title
    self.horizontal = horizontal
    self.vertical = vertical
    self.series = series
    self.guides = guides
    self.size = size
  }
}

/// The extent of a chart in user units (CSS pixels when shown at full size).
public struct ChartSize: Sendable, Hashable {
  public let width: Double
  public let height: Double

  /// Sizes below 240 by 180 leave no room for axes and are raised to that.
  public init(width: Double, height: Double) {
    self.width = max(240, width.isFinite ? width : 480)
    self.height = max(180, height.isFinite ? height : 340)
  }

  public static let standard = ChartSize(width: 480, height: 340)
  /// Twice as wide, for a plot that has the page to itself.
  public static let wide = ChartSize(width: 760, height: 360)
}

/// A straight dashed line across the plot at a fixed value of one axis, with a short label.
public struct ChartGuide: Sendable, Hashable {
  public enum Direction: Sendable, Hashable {
    /// At a value of the vertical axis.
    case horizontal
    /// At a value of the horizontal axis.
    case vertical
  }

  public var direction: Direction
  public var value: Double
  public var label: String

  public init(_ direction: Direction, at value: Double, label: String = "") {
    self.direction = direction
    self.value = value
    self.label = label
  }
}
