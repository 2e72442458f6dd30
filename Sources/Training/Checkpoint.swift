import Foundation
import GatedCells

/// Saving and loading of a ``TrainingState``, to the same bits.
///
/// The file is one JSON object: a format name, a version, a checksum, and the state as base64 of its own JSON, in which
/// parameters and moments are packed (``PackedDoubles``) and every other double is written with as many digits as it takes to read
/// the same bits back.
public enum Checkpoint {
  static let format = "learnability-checkpoint"
  static let version = 2

  private struct Envelope: Codable {
    let format: String
    let version: Int
    let checksum: String
    let payload: Data
  }

  /// The bytes of a checkpoint.
  public static func encode(_ state: TrainingState) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try envelope(encoder.encode(state))
  }

  static func envelope(_ payload: Data) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try encoder.encode(
      Envelope(format: format, version: version, checksum: checksum(payload), payload: payload))
  }

  /// The state in the bytes of a checkpoint.
  /// - Throws: ``CheckpointError`` saying what is wrong; nothing is changed.
  public static func decode(_ data: Data, name: String) throws -> TrainingState {
    let envelope: Envelope
    do {
      envelope = try JSONDecoder().decode(Envelope.self, from: data)
    } catch {
      throw CheckpointError.unreadable(file: name)
    }
    guard envelope.format == format else {
      throw CheckpointError.otherFormat(file: name, found: envelope.format)
    }
    guard envelope.version == version else {
      throw CheckpointError.otherVersion(file: name, found: envelope.version, expected: version)
    }
    guard envelope.checksum == checksum(envelope.payload) else {
      throw CheckpointError.corrupt(file: name)
    }
    let state: TrainingState
    do {
      state = try JSONDecoder().decode(TrainingState.self, from: envelope.payload)
    } catch let error as CellError {
      throw CheckpointError.otherCell(file: name, reason: error)
    } catch {
      throw CheckpointError.unreadable(file: name)
    }
    return state
  }

  /// Writes a checkpoint, first to a temporary name in the same directory, then renamed.
  public static func save(_ state: TrainingState, to url: URL) throws {
    try encode(state).write(to: url, options: .atomic)
  }

  /// Reads a checkpoint.
  /// - Throws: ``CheckpointError``; the file is left as it is.
  public static func load(_ url: URL) throws -> TrainingState {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) else {
      throw CheckpointError.missing(file: url.path)
    }
    guard !isDirectory.boolValue else { throw CheckpointError.directory(path: url.path) }
    guard let data = try? Data(contentsOf: url) else { throw CheckpointError.forbidden(file: url.path) }
    return try decode(data, name: url.path)
  }

  /// FNV-1a over the bytes: finds damage, not malice.
  private static func checksum(_ data: Data) -> String {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in [UInt8](data) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(value, radix: 16)
  }
}

/// Why a checkpoint was refused.
public enum CheckpointError: Error, Equatable, CustomStringConvertible {
  case missing(file: String)
  case directory(path: String)
  case forbidden(file: String)
  case unreadable(file: String)
  case otherFormat(file: String, found: String)
  case otherVersion(file: String, found: Int, expected: Int)
  case corrupt(file: String)
  case otherRun(file: String)
  case otherCell(file: String, reason: CellError)

  public var description: String {
    switch self {
    case .missing(let file): "there is no checkpoint at \(file)"
    case .directory(let path):
      "\(path) is a directory; name a checkpoint.json, such as seed_0/gru/checkpoint.json within a run"
    case .forbidden(let file): "\(file) is there but may not be read"
    case .unreadable(let file):
      "\(file) is not a whole checkpoint (truncated or not JSON); it was left as it is. Remove it to start over"
    case .otherFormat(let file, let found): "\(file) is a \"\(found)\" file, not a checkpoint"
    case .otherVersion(let file, let found, let expected):
      "\(file) has checkpoint version \(found); this program reads version \(expected)"
    case .corrupt(let file):
      "\(file) is damaged: its checksum does not match; it was left as it is. Remove it to start over"
    case .otherRun(let file):
      "\(file) belongs to a run with other settings; give the same settings to resume, or another directory"
    case .otherCell(let file, let reason): "\(file) cannot be restored: \(reason)"
    }
  }
}
