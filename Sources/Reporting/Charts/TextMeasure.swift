/// Estimated widths of sans-serif text: the renderer of an SVG picks the font, so layout can only allow for it.
enum TextMeasure {
  /// Height of chart text in user units.
  static let size = 13.0

  /// Width of `text` in user units at `size`, on the generous side for the common interface fonts.
  static func width(_ text: String, size: Double = size) -> Double {
    var ems = 0.0
    for character in text {
      switch character {
      case "i", "j", "l", "t", "f", "r", "I", ".", ",", ":", ";", "'", "|", "!", "(", ")", "[", "]", " ", "/":
        ems += 0.36
      case "m", "w", "M", "W", "@", "%", "—": ems += 0.92
      case "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻": ems += 0.42
      case "A"..."Z": ems += 0.69
      default: ems += DisplayWidth.columns(character) == 2 ? 1.05 : 0.59
      }
    }
    return ems * size
  }

  /// `text` cut at spaces into lines no wider than `width`; a longer word stands alone.
  static func wrapped(_ text: String, width limit: Double, size: Double = size) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if !line.isEmpty, width(longer, size: size) > limit {
        lines.append(line)
        line = String(word)
      } else {
        line = longer
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
