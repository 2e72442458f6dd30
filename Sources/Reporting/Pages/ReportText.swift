/// A run of text with code and links, the only inline markup a report needs.
public struct ReportText: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  public enum Piece: Sendable, Hashable {
    case text(String)
    case code(String)
    case strong(String)
    /// A link within the report: a fragment such as `#windows` or a relative file name.
    case link(String, to: String)
  }

  public var pieces: [Piece]

  public init(_ pieces: [Piece]) { self.pieces = pieces }

  /// Plain text, taken literally except that `back quotes` enclose code.
  public init(_ text: String) {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    // An even number of parts means an unpaired quote, which then stands for itself.
    guard parts.count > 1, parts.count % 2 == 1 else {
      pieces = [.text(text)]
      return
    }
    pieces = parts.indices.compactMap { index in
      if parts[index].isEmpty { return nil }
      return index % 2 == 1 ? .code(String(parts[index])) : .text(String(parts[index]))
    }
  }

  public init(stringLiteral value: String) { self.init(value) }

  /// The text without markup.
  public var plain: String {
    pieces.map { piece in
      switch piece {
      case .text(let text), .code(let text), .strong(let text), .link(let text, _): text
      }
    }.joined()
  }

  var html: String {
    pieces.map { piece in
      switch piece {
      case .text(let text): Markup.escaped(text)
      case .code(let text): "<code>\(Markup.escaped(text))</code>"
      case .strong(let text): "<strong>\(Markup.escaped(text))</strong>"
      case .link(let text, let target):
        "<a href=\"\(Markup.escaped(Self.internalTarget(target)))\">\(Markup.escaped(text))</a>"
      }
    }.joined()
  }

  /// A report refers to nothing outside its folder: a target with a scheme or a host becomes the top of the page.
  private static func internalTarget(_ target: String) -> String {
    let leaves = target.hasPrefix("/") || target.hasPrefix("\\") || target.contains(":")
    return leaves ? "#" : target
  }
}
