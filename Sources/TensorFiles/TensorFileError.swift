/// What can be wrong with a file of tensors. Every message names the file, the tensor where there is one, and what was
/// expected.
public enum TensorFileError: Error, Equatable, CustomStringConvertible {
  case unreadable(file: String, reason: String)
  /// Larger than ``TensorReader/largestFile``.
  case tooLarge(file: String, bytes: Int, limit: Int)
  case unknownFormat(file: String)
  /// The bytes contradict the format.
  case malformed(file: String, String)
  case unsupported(file: String, tensor: String, String)
  /// The tensors are not laid out as any known module has them.
  case unrecognised(file: String, String)
  case missing(file: String, tensor: String, found: [String])
  case shape(file: String, tensor: String, expected: [Int?], found: [Int])
  case notFinite(file: String, tensor: String, index: Int, value: Double)

  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
    case .tooLarge(let file, let bytes, let limit):
      "\(file): holds \(bytes) bytes; files of tensors may hold up to \(limit)"
    case .unknownFormat(let file):
      "\(file): is none of .safetensors, .npz or .npy; expected one of these endings"
    case .malformed(let file, let what), .unrecognised(let file, let what): "\(file): \(what)"
    case .unsupported(let file, let tensor, let what): "\(file): tensor \"\(tensor)\": \(what)"
    case .missing(let file, let tensor, let found):
      "\(file): there is no tensor \"\(tensor)\"; it holds \(Self.list(found))"
    case .shape(let file, let tensor, let expected, let found):
      "\(file): tensor \"\(tensor)\" has shape \(found); expected "
        + "[\(expected.map { $0.map(String.init) ?? "any" }.joined(separator: ", "))]"
    case .notFinite(let file, let tensor, let index, let value):
      "\(file): tensor \"\(tensor)\" holds \(value) at position \(index); expected finite numbers"
    }
  }

  private static func list(_ names: [String]) -> String {
    if names.isEmpty { return "none" }
    let shown = names.prefix(12).map { "\"\($0)\"" }.joined(separator: ", ")
    return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
  }
}
