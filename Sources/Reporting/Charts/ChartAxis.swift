import Foundation

/// One axis of a chart: what it measures, its scale and how far it reaches.
public struct ChartAxis: Sendable, Hashable {
  public enum Scale: Sendable, Hashable {
    case linear
    /// Base-ten logarithm; values that are not positive cannot be shown and are reported as a gap.
    case log10

    /// The coordinate in which the scale is uniform, or nil where `value` has no place on it.
    ///
    /// Magnitudes above 1e300 are refused, so that differences of shown values never overflow.
    func coordinate(_ value: Double) -> Double? {
      guard value.isFinite, value.magnitude <= 1e300 else { return nil }
      switch self {
      case .linear: return value
      case .log10: return value > 0 ? Foundation.log10(value) : nil
      }
    }
  }

  /// Where the axis ends when no bound is given.
  public enum Reach: Sendable, Hashable {
    /// At the outermost data, with ticks inside.
    case data
    /// At the first tick beyond the data on either side.
    case ticks
  }

  /// What is measured, with its unit.
  public var label: String
  public var scale: Scale
  public var reach: Reach
  /// Fixed lower end; ignored when it has no place on the scale.
  public var lowerBound: Double?
  /// Fixed upper end; ignored when it has no place on the scale or is not above the lower end.
  public var upperBound: Double?

  public init(
    _ label: String, scale: Scale = .linear, reach: Reach = .ticks, from lowerBound: Double? = nil,
    to upperBound: Double? = nil
  ) {
    self.label = label
    self.scale = scale
    self.reach = reach
    self.lowerBound = lowerBound
    self.upperBound = upperBound
  }
}
