/// How many columns of a terminal a text takes: two for East Asian wide characters and emoji, none for combining
/// marks and controls, one for the rest. An approximation of Unicode UAX #11 by blocks; ambiguous characters count one.
public enum DisplayWidth {
  public static func columns(_ text: String) -> Int { text.reduce(0) { $0 + columns($1) } }

  /// A grapheme cluster is as wide as its widest scalar.
  public static func columns(_ character: Character) -> Int {
    var widest = 0
    for scalar in character.unicodeScalars {
      // Variation selector 16 asks for the emoji form, which is wide.
      widest = max(widest, scalar.value == 0xFE0F ? 2 : columns(scalar))
    }
    return widest
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}

extension DisplayWidth {
  /// The text in lines of at most `width` columns, broken between words; a word longer than a line is broken within.
  static func wrap(_ text: String, to width: Int) -> [String] {
    guard columns(text) > width, width > 0 else { return [text] }
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, columns(line) + 1 + columns(String(word)) > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
      while columns(line) > width {
        var head = ""
        while let first = line.first, columns(head) + columns(first) <= max(width, columns(first)) {
          head.append(first)
          line.removeFirst()
        }
        lines.append(head)
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
