/// Why something could not be written.
public enum OutputError: Error, Sendable, Hashable, CustomStringConvertible {
  case cannotWrite(path: String, reason: String)
  case notADirectory(path: String)
  case directoryNotEmpty(path: String, isRun: Bool)
  case nothingToResume(path: String)
  case notARun(path: String)

  public var description: String {
    switch self {
    case .cannotWrite(let path, let reason): "cannot write '\(path)': \(reason)"
    case .notADirectory(let path): "'\(path)' is a file; name a directory that is new or empty"
    case .directoryNotEmpty(let path, true):
      "'\(path)' already holds a run; name another directory (train and reproduce continue it with --resume or replace it with --force)"
    case .directoryNotEmpty(let path, false):
      "'\(path)' is not empty; name a directory that is new or empty"
    case .nothingToResume(let path):
      "'\(path)' holds no run to resume; leave --resume out, or name the directory of an earlier run"
    case .notARun(let path):
      "'\(path)' was not written by this program, so --force will not replace it; name a directory that is new or empty"
    }
  }
}
