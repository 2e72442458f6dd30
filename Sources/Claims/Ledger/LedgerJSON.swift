import Foundation

extension Ledger {
  /// The ledger as JSON with sorted keys: `{"version": 1, "entries": […]}`, each entry with the fields of ``Ledger/Entry``; absent
  /// are `finding`, `proof`, `provedPart` and `unkillable` where they are nil. Equal catalogues give equal bytes.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// Reads what ``json()`` wrote.
  /// - Throws: ``LedgerError`` for another version, the decoder's error for anything that is no ledger.
  public init(json: String) throws {
    let ledger = try JSONDecoder().decode(Ledger.self, from: Data(json.utf8))
    guard ledger.version == Self.formatVersion else { throw LedgerError.version(ledger.version) }
    self = ledger
  }
}

/// A ledger that cannot be read.
public enum LedgerError: Error, Equatable, CustomStringConvertible {
  case version(Int)

  public var description: String {
    switch self {
    case .version(let found):
      "the ledger has version \(found), this program reads version \(Ledger.formatVersion); write it again with "
        + "`learnability claims --json`"
    }
  }
}
