/// Gathers SVG elements as text. Colours stand both as attributes, for plain renderers, and as classes, which the
/// style sheet overrides on a dark ground.
struct SVGCanvas {
  enum Role: String {
    case text, muted, halo, axis, grid, guide

    var lightColour: String {
      switch self {
      case .text, .halo: "#1c2026"
      case .muted: "#5b6068"
      case .axis: "#6b7178"
      case .grid: "#e3e6ea"
      case .guide: "#5b6068"
      }
    }
  }

  private(set) var markup = ""

  mutating func raw(_ text: String) { markup += text + "\n" }

  mutating func text(
    _ text: String, x: Double, y: Double, anchor: String = "start", size: Double = TextMeasure.size,
    role: Role = .text, attributes: String = ""
  ) {
    let sized = size == TextMeasure.size ? "" : " font-size=\"\(Self.number(size))\""
    let anchored = anchor == "start" ? "" : " text-anchor=\"\(anchor)\""
    let more = attributes.isEmpty ? "" : " " + attributes
    let halo =
      role == .halo
      ? " stroke=\"#ffffff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"" : ""
    raw(
      "<text class=\"chart-\(role.rawValue)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" "
        + "fill=\"\(role.lightColour)\"\(halo)\(sized)\(anchored)\(more)>\(Markup.escaped(text))</text>")
  }

  mutating func rule(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, role: Role) {
    let dashes = role == .guide ? " stroke-dasharray=\"4 3\"" : ""
    raw(
      "<line class=\"chart-\(role.rawValue)\" x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" "
        + "x2=\"\(Self.number(x2))\" y2=\"\(Self.number(y2))\" stroke=\"\(role.lightColour)\"\(dashes)/>")
  }

  mutating func polyline(_ points: [(x: Double, y: Double)], dashes: [Double]) {
    let pattern =
      dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes.map(Self.number).joined(separator: " "))\""
    raw(
      "<polyline fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\" stroke-linejoin=\"round\"\(pattern) "
        + "points=\"\(Self.list(points))\"/>")
  }

  mutating func polygon(_ points: [(x: Double, y: Double)]) {
    raw("<polygon fill=\"currentColor\" fill-opacity=\"0.22\" points=\"\(Self.list(points))\"/>")
  }

  mutating func dot(x: Double, y: Double) {
    raw("<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"2\" fill=\"currentColor\"/>")
  }

  mutating func marker(_ marker: SeriesStyle.Marker, x: Double, y: Double) {
    let outline: [(x: Double, y: Double)]
    switch marker {
    case .circle:
      raw("<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"3.6\" fill=\"currentColor\"/>")
      return
    case .plus:
      raw(
        "<path d=\"M\(Self.number(x - 4.5)) \(Self.number(y))h9M\(Self.number(x)) \(Self.number(y - 4.5))v9\" "
          + "stroke=\"currentColor\" stroke-width=\"2\"/>")
      return
    case .square: outline = [(-3.3, -3.3), (3.3, -3.3), (3.3, 3.3), (-3.3, 3.3)]
    case .triangle: outline = [(0, -4.6), (4.3, 3.2), (-4.3, 3.2)]
    case .diamond: outline = [(0, -4.8), (4.2, 0), (0, 4.8), (-4.2, 0)]
    case .invertedTriangle: outline = [(0, 4.6), (4.3, -3.2), (-4.3, -3.2)]
    }
    raw("<polygon fill=\"currentColor\" points=\"\(Self.list(outline.map { (x + $0.x, y + $0.y) }))\"/>")
  }

  /// A coordinate with at most two digits after the point: a hundredth of a pixel.
  static func number(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    if rounded == rounded.rounded(), rounded.magnitude < 1e9 { return String(Int(rounded)) }
    return "\(rounded)"
  }

  private static func list(_ points: [(x: Double, y: Double)]) -> String {
    points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
  }
}
