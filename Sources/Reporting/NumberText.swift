import Foundation

/// Numbers as text for people, the same in every locale. Files for machines use the shortest round-trip form instead.
public enum NumberText {
  /// `value` with `digits` significant digits and no trailing zeros; `n/a` for NaN, `∞` for infinity, a real minus
  /// sign, and powers of ten below 10⁻⁴ or from 10⁶ on.
  public static func significant(_ value: Double, digits: Int = 4) -> String {
    if value.isNaN { return "n/a" }
    if value.isInfinite { return value < 0 ? "−∞" : "∞" }
    if value == 0 { return "0" }
    let precision = min(17, max(1, digits))
    let scientific = String(format: "%.*e", precision - 1, value.magnitude)
    let parts = scientific.split(separator: "e")
    let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    let sign = value < 0 ? "−" : ""
    if exponent < -4 || exponent >= 6 {
      let mantissa = trimmed(String(parts[0]))
      return sign + (mantissa == "1" ? "" : mantissa + "·") + "10" + superscript(exponent)
    }
    return sign + trimmed(String(format: "%.*f", max(0, precision - 1 - exponent), value.magnitude))
  }

  /// `value` with exactly `decimals` digits after the point.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    if value.isNaN { return "n/a" }
    if value.isInfinite { return value < 0 ? "−∞" : "∞" }
    let text = String(format: "%.*f", min(17, max(0, decimals)), value.magnitude)
    let isZero = !text.contains { $0 >= "1" && $0 <= "9" }
    return (value < 0 && !isZero ? "−" : "") + text
  }

  /// An integer as superscript digits.
  public static func superscript(_ value: Int) -> String {
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    return (value < 0 ? "⁻" : "")
      + String(String(value.magnitude).map { digits[$0.wholeNumberValue ?? 0] })
  }

  /// A duration as `42 s`, `3 min 05 s` or `2 h 07 min`.
  public static func duration(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 3.6e9 else { return "n/a" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
    return "\(whole / 3600) h \(twoDigits(whole % 3600 / 60)) min"
  }

  static func tick(_ value: Double, decimals: Int, largest: Double) -> String {
    if value == 0 { return "0" }
    let leading = Int(Foundation.log10(largest).rounded(.down)) + 1
    if largest < 1e-3 || decimals > 6 || leading + decimals > 9 || (decimals == 0 && leading > 6) {
      // As many digits as tell neighbouring ticks apart.
      return significant(value, digits: max(1, leading + decimals))
    }
    return fixed(value, decimals: decimals)
  }

  private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var trimmed = text
    while trimmed.hasSuffix("0") { trimmed.removeLast() }
    if trimmed.hasSuffix(".") { trimmed.removeLast() }
    return trimmed
  }
}
