/// The text form of a tape: `model=i2,i3,r0.5 direction=r1*3`, a word a draw, typed values, runs written `value*count`.
///
/// Values are written, not their codes or bounds, so that a stored tape survives changes of the bounds and of the
/// order of simplicity. Reals are written as the shortest decimal that reads back to the same bits.
public enum TapeText {
  /// The version of the format; it leads every stored tape.
  public static let version = 1

  public static func encode(_ tape: ChoiceTape) -> String {
    let words = tape.segments.map { segment in
      escape(segment.name) + "=" + encode(tape.choices[segment.start..<segment.end])
    }
    return (["\(version):"] + words).joined(separator: " ")
  }

  private static func encode(_ choices: ArraySlice<Choice>) -> String {
    var items: [String] = []
    var position = choices.startIndex
    while position < choices.endIndex {
      var end = position + 1
      while end < choices.endIndex && choices[end].kind == choices[position].kind
        && choices[end].bits == choices[position].bits
      { end += 1 }
      let text = encode(choices[position])
      items.append(end - position == 1 ? text : "\(text)*\(end - position)")
      position = end
    }
    return items.joined(separator: ",")
  }

  private static func encode(_ choice: Choice) -> String {
    switch choice.kind {
    case .integer: "i\(choice.integerValue)"
    case .real: "r\(choice.realValue)"
    case .bool: choice.bits == 0 ? "b0" : "b1"
    case .index: "x\(choice.bits)"
    }
  }

  /// Reads a tape back. Bounds are not stored: each choice allows its own value only, and a replay asks its own bounds.
  /// - Throws: ``TapeError`` with a sentence that names the word it cannot read.
  public static func decode(_ text: String) throws(TapeError) -> ChoiceTape {
    var words = text.split(separator: " ")
    guard let head = words.first, head.last == ":", let found = Int(head.dropLast()) else {
      throw TapeError.unreadable(text.prefix(40) + "", "it does not begin with a version such as \"1:\"")
    }
    guard found == version else { throw TapeError.otherVersion(found) }
    words.removeFirst()
    var tape = ChoiceTape()
    for word in words {
      guard let equals = word.firstIndex(of: "=") else {
        throw TapeError.unreadable("\(word)", "a draw is written name=choices")
      }
      let start = tape.choices.count
      for item in word[word.index(after: equals)...].split(separator: ",") { try append(item, to: &tape) }
      let name = unescape(word[..<equals])
      tape.segments.append(Segment(name: name, start: start, end: tape.choices.count))
    }
    return tape
  }

  private static func append(_ item: Substring, to tape: inout ChoiceTape) throws(TapeError) {
    let parts = item.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count <= 2, let choice = decode(parts[0]) else {
      throw TapeError.unreadable("\(item)", "a choice is i, r, b or x with a value, such as i-3 or r0.5")
    }
    guard let count = parts.count == 1 ? 1 : Int(parts[1]), count > 0, count <= CaseRequest.defaultChoiceLimit
    else {
      throw TapeError.unreadable(
        "\(item)", "the count after * must be between 1 and \(CaseRequest.defaultChoiceLimit)")
    }
    for _ in 0..<count { tape.choices.append(choice) }
  }

  private static func decode(_ item: Substring) -> Choice? {
    let rest = item.dropFirst()
    switch item.first {
    case "i": return Int(rest).map { .integer($0, in: $0...$0) }
    case "r":
      guard let value = Double(rest) else { return nil }
      return Choice(
        kind: .real, bits: value.bitPattern, lowerBits: value.bitPattern, upperBits: value.bitPattern)
    case "b": return rest == "0" ? .bool(false) : rest == "1" ? .bool(true) : nil
    case "x": return Int(rest).flatMap { $0 >= 0 && $0 < Int.max ? .index($0, below: $0 + 1) : nil }
    default: return nil
    }
  }

  /// Names lose the characters that separate words: blank, equals, percent, bar, quote and line ends.
  static func escape(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars {
      if scalar.value <= 0x20 || "=%|'\"".unicodeScalars.contains(scalar) {
        result += "%" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  static func unescape(_ text: Substring) -> String {
    var result = ""
    var rest = text[...]
    while let character = rest.first {
      if character == "%", rest.count >= 3, let code = UInt8(rest.dropFirst().prefix(2), radix: 16) {
        result.unicodeScalars.append(Unicode.Scalar(code))
        rest = rest.dropFirst(3)
      } else {
        result.append(character)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}

/// A stored tape that cannot be read.
public enum TapeError: Error, Sendable, Hashable, CustomStringConvertible {
  case otherVersion(Int)
  case unreadable(String, String)

  public var description: String {
    switch self {
    case .otherVersion(let found):
      "The tape is of format version \(found), this build reads version \(TapeText.version). Run the property again "
        + "without it to find the case anew, and store what is printed."
    case .unreadable(let part, let reason):
      "The tape cannot be read at \"\(part)\": \(reason). Copy the whole line that was printed, quotes included."
    }
  }
}
