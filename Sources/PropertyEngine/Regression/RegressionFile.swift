import Foundation

/// The committed counterexamples of a suite: a text file, one line a case, sorted by property, then newest first.
///
/// ```
/// # pbt 1
/// key | 1: n=i2 | shape=9f3c21ab | fails: close Gradient.swift "g vs d" | 2026-11-20 seed=7a0e/17 | n = 2
/// ```
/// Fields: property key, tape by draw name, hash of the questions asked, failing check, provenance (date, seed and
/// case), and the values as printed, for the reader. Lines of different properties never touch each other, so that
/// branches merge without conflict.
public struct RegressionFile: Sendable, Hashable {
  public static let version = 1

  /// One line of the file.
  public struct Entry: Sendable, Hashable {
    public let property: String
    public let tape: String
    public let shape: UInt64?
    public let failure: String
    public let provenance: String
    public let printed: String
  }

  public private(set) var entries: [Entry] = []
  /// What could not be read, a sentence a line; such lines are kept as they are.
  public private(set) var problems: [String] = []
  private var unreadable: [String] = []

  public init() {}

  /// Reads a file's text; lines that cannot be read are reported in ``problems``.
  public init(parsing text: String, name: String) {
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("# pbt ") {
        if Int(line.dropFirst(6)) != Self.version {
          problems.append(
            "\(name): format \(line.dropFirst(6)) is not version \(Self.version), which this build reads and writes. "
              + "Delete the file and let the properties find their cases anew.")
        }
        continue
      }
      if line.isEmpty || line.hasPrefix("#") { continue }
      if let entry = Entry(parsing: line) {
        entries.append(entry)
      } else {
        problems.append(
          "\(name):\(number + 1) is not a stored case of six fields between bars. Delete the line.")
        unreadable.append(String(line))
      }
    }
  }

  /// The file's text.
  public var text: String {
    (["# pbt \(Self.version)"] + entries.map(\.line) + unreadable).joined(separator: "\n") + "\n"
  }

  /// Adds a case; the same tape of the same property is stored once.
  /// - Returns: Whether it was new.
  @discardableResult
  public mutating func add(_ entry: Entry) -> Bool {
    guard !entries.contains(where: { $0.property == entry.property && $0.tape == entry.tape }) else {
      return false
    }
    let position =
      entries.firstIndex {
        $0.property > entry.property || ($0.property == entry.property && $0.provenance <= entry.provenance)
      } ?? entries.endIndex
    entries.insert(entry, at: position)
    return true
  }

  /// The stored cases of a property, newest first, and what is wrong with those that cannot be read.
  public func cases(of property: String) -> (cases: [StoredCase], problems: [String]) {
    var cases: [StoredCase] = []
    var problems: [String] = []
    for entry in entries where entry.property == property {
      do throws(TapeError) {
        cases.append(StoredCase(try TapeText.decode(entry.tape), shape: entry.shape))
      } catch {
        problems.append("Stored case of \"\(property)\": \(error.description)")
      }
    }
    return (cases, problems)
  }
}

extension RegressionFile.Entry {
  /// - Parameter date: As year-month-day, so that text order is time order.
  public init(property: String, _ example: Counterexample, seed: UInt64, date: String) {
    self.init(
      property: property, tape: example.replayText, shape: example.tape.shapeHash,
      failure: example.failureKey,
      provenance: "\(date) seed=\(String(seed, radix: 16))" + (example.foundAt.map { "/\($0)" } ?? ""),
      printed: example.summary)
  }

  fileprivate init?(parsing line: Substring) {
    let fields = line.components(separatedBy: " | ")
    guard fields.count == 6, fields[2].hasPrefix("shape="), fields[3].hasPrefix("fails: ") else { return nil }
    self.init(
      property: TapeText.unescape(fields[0][...]), tape: fields[1],
      shape: UInt64(fields[2].dropFirst(6), radix: 16),
      failure: TapeText.unescape(fields[3].dropFirst(7)), provenance: fields[4],
      printed: TapeText.unescape(fields[5][...]))
  }

  fileprivate var line: String {
    let shape = self.shape.map { String($0, radix: 16) } ?? "unknown"
    return [
      Self.escape(property), tape, "shape=" + shape, "fails: " + Self.escape(failure), provenance,
      Self.escape(printed),
    ].joined(separator: " | ")
  }

  /// Line breaks and the separator must not occur in a field.
  private static func escape(_ text: String) -> String {
    text.replacingOccurrences(of: "%", with: "%25").replacingOccurrences(of: "\n", with: "%0a")
      .replacingOccurrences(of: "|", with: "%7c")
  }
}

extension RegressionFile {
  /// Reads a file; a file that does not exist is an empty one.
  public static func read(_ path: String) -> RegressionFile {
    guard let data = FileManager.default.contents(atPath: path) else { return RegressionFile() }
    return RegressionFile(
      parsing: String(decoding: data, as: UTF8.self), name: URL(fileURLWithPath: path).lastPathComponent)
  }

  /// Writes the file to a temporary name first, so that a crash leaves the old one.
  public func write(_ path: String) throws {
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}
