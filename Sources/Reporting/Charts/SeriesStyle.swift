/// How a series is told from the others: a colour for light and dark grounds, a dash pattern and a marker.
///
/// The hues descend from the palette of Okabe & Ito ("Color Universal Design", 2008), which stays distinct under the
/// common colour deficiencies; each is darkened or lightened to reach a contrast of 3:1 against its ground (WCAG 2.1,
/// success criterion 1.4.11). Dash and marker alone already identify a series.
public struct SeriesStyle: Sendable, Hashable {
  public enum Marker: Sendable, Hashable, CaseIterable {
    case circle, square, triangle, diamond, invertedTriangle, plus
  }

  /// Position in the palette, 0..<6.
  public let index: Int
  /// `#rrggbb` on a light ground.
  public let lightColour: String
  /// `#rrggbb` on a dark ground.
  public let darkColour: String
  /// Lengths of strokes and gaps; empty for a solid line.
  public let dashes: [Double]
  public let marker: Marker

  /// The style at `index` of the palette; indices wrap after six.
  public static func numbered(_ index: Int) -> SeriesStyle {
    let count = palette.count
    return palette[((index % count) + count) % count]
  }

  /// Neutral grey, solid and thin: bounds, theory and fits behind the data.
  public static let reference = SeriesStyle(
    index: 6, lightColour: "#5b6068", darkColour: "#a9b0ba", dashes: [2, 2], marker: .plus)

  public static let palette: [SeriesStyle] = [
    SeriesStyle(index: 0, lightColour: "#0067a5", darkColour: "#63b8ee", dashes: [], marker: .circle),
    SeriesStyle(index: 1, lightColour: "#c24e00", darkColour: "#ff9254", dashes: [8, 3], marker: .square),
    SeriesStyle(index: 2, lightColour: "#007a5a", darkColour: "#35c79c", dashes: [2, 3], marker: .triangle),
    SeriesStyle(
      index: 3, lightColour: "#a8457f", darkColour: "#eaa3cd", dashes: [9, 3, 2, 3], marker: .diamond),
    SeriesStyle(
      index: 4, lightColour: "#8a6200", darkColour: "#ecc04f", dashes: [14, 4], marker: .invertedTriangle),
    SeriesStyle(
      index: 5, lightColour: "#3c4250", darkColour: "#d3d9e3", dashes: [5, 2, 1, 2, 1, 2], marker: .plus),
  ]
}
