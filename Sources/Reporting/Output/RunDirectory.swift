import Foundation

/// A directory that one run writes to, guarded against overwriting anything by accident.
///
/// A marker file tells directories that runs have made from all others, so that forcing can never empty a directory
/// that holds something else.
public struct RunDirectory: Sendable, Hashable {
  public enum Policy: Sendable, Hashable {
    /// The directory must be new or empty.
    case refuseExisting
    /// Continue the run that the directory holds; a new or empty directory begins one.
    case resume
    /// Delete the earlier run first.
    case force
  }

  /// Present in every directory a run has prepared.
  public static let markerName = ".learnability-run"

  public let path: String
  /// True when an earlier run is being continued.
  public let isResumed: Bool

  /// Creates or checks the directory, with the directories above it.
  ///
  /// - Throws: `OutputError`; a directory that is refused is left as it was.
  public init(preparing path: String, policy: Policy) throws(OutputError) {
    let files = FileManager.default
    var isDirectory: ObjCBool = false
    let exists = files.fileExists(atPath: path, isDirectory: &isDirectory)
    if exists, !isDirectory.boolValue { throw .notADirectory(path: path) }
    let marker = path + "/" + Self.markerName
    var resumed = false
    if exists {
      let content: [String]
      do { content = try files.contentsOfDirectory(atPath: path) } catch {
        throw .cannotWrite(path: path, reason: "the directory cannot be listed")
      }
      let isRun = content.contains(Self.markerName)
      if !content.isEmpty {
        switch policy {
        case .refuseExisting: throw .directoryNotEmpty(path: path, isRun: isRun)
        case .resume:
          guard isRun else { throw .nothingToResume(path: path) }
          resumed = true
        case .force:
          guard isRun else { throw .notARun(path: path) }
          try Self.empty(path, content: content)
        }
      }
    } else {
      do { try files.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
        throw .cannotWrite(path: path, reason: "the directory cannot be created")
      }
    }
    if !resumed { try AtomicOutput.write("directory of a learnability run\n", to: marker) }
    self.path = path
    isResumed = resumed
  }

  /// The path of a file in the run, whose directory is created when missing.
  /// - Parameter relative: such as `seed_0/gru/gru_summary.csv`.
  public func file(_ relative: String) throws(OutputError) -> String {
    let full = path + "/" + relative
    let folder = URL(fileURLWithPath: full).deletingLastPathComponent().path
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
      throw .cannotWrite(path: full, reason: "its directory cannot be created")
    }
    return full
  }

  /// The marker goes last: an interrupted deletion still counts as a run and can be forced again.
  private static func empty(_ path: String, content: [String]) throws(OutputError) {
    for name in content where name != markerName {
      do { try FileManager.default.removeItem(atPath: path + "/" + name) } catch {
        throw .cannotWrite(path: path + "/" + name, reason: "it cannot be removed")
      }
    }
  }
}
