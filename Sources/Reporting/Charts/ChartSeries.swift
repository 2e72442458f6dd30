/// One named set of points and the way it is drawn.
public struct ChartSeries: Sendable, Hashable {
  public enum Shape: Sendable, Hashable {
    case line
    case markers
    /// A line with about nine markers spread along it.
    case lineWithMarkers
    /// The value holds until the next point, as an empirical distribution function does; with markers as above.
    case step
    /// The area between `y` and `upper`.
    case band(upper: [Double])
  }

  /// Shown in the legend; an empty name keeps the series out of it.
  public var name: String
  public var x: [Double]
  /// Ordinates, as many as `x`; of a band, the lower edge.
  public var y: [Double]
  public var shape: Shape
  public var style: SeriesStyle

  /// Points are the pairs of equal index; when lengths differ the surplus is not shown and counts as a gap.
  public init(
    _ name: String, x: [Double], y: [Double], shape: Shape = .lineWithMarkers,
    style: SeriesStyle = .numbered(0)
  ) {
    self.name = name
    self.x = x
    self.y = y
    self.shape = shape
    self.style = style
  }

  /// The number of points the series claims to have, shown or not.
  var claimedCount: Int {
    if case .band(let upper) = shape { return max(x.count, y.count, upper.count) }
    return max(x.count, y.count)
  }

  var isUnnamedBand: Bool {
    if case .band = shape { return name.isEmpty }
    return false
  }

  /// The number of complete points.
  var completeCount: Int {
    if case .band(let upper) = shape { return min(x.count, y.count, upper.count) }
    return min(x.count, y.count)
  }
}
