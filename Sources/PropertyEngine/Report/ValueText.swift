/// Values as people read them: reals as the shortest decimal that reads back, and in hex.
public enum ValueText {
  /// A real as decimal and hex, `0.1 (0x1.999999999999ap-4)`; short numbers as decimal alone.
  public static func real(_ x: Double) -> String {
    // A number of few binary digits is exact in its decimal form; hex would add nothing.
    if !x.isFinite || ChoiceOrder.fractionDigits(x) <= 8 && x.magnitude < 0x1p53 { return "\(x)" }
    return "\(x) (\(hex(x)))"
  }

  /// The hexadecimal form that C, Swift and Python read back exactly.
  public static func hex(_ x: Double) -> String {
    if x.isNaN { return "nan" }
    let sign = x.sign == .minus ? "-" : ""
    if x.isInfinite { return sign + "inf" }
    if x == 0 { return sign + "0x0p+0" }
    var digits = String(x.significandBitPattern, radix: 16)
    digits = String(repeating: "0", count: 13 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    let exponent = x.isSubnormal ? -1022 : Int(x.exponent)
    let lead = x.isSubnormal ? "0x0" : "0x1"
    return "\(sign)\(lead)\(digits.isEmpty ? "" : "." + digits)p\(exponent < 0 ? "" : "+")\(exponent)"
  }

  /// Any value: reals and arrays of reals get their hex form, the rest their own description.
  static func describe<Value>(_ value: Value) -> String {
    switch value {
    case let x as Double: return real(x)
    case let x as Float:
      return ChoiceOrder.fractionDigits(Double(x)) <= 8 && x.magnitude < 0x1p24
        ? "\(x)" : "\(x) (\(hex(Double(x))))"
    case let list as [Double]:
      let shown = list.prefix(16).map(real).joined(separator: ", ")
      return list.count > 16 ? "[\(shown), … \(list.count) values]" : "[\(shown)]"
    default:
      let text = String(describing: value)
      return text.count > 600 ? text.prefix(600) + "… (\(text.count) characters)" : text
    }
  }
}
