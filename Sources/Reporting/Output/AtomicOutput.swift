import Foundation
import Synchronization

/// Writes a file whole or not at all.
///
/// The bytes go to a temporary name in the same directory, reach the disk, and take the final name by `rename`,
/// which POSIX makes atomic: a reader sees the old file or the new one, and an interrupted run leaves no half file
/// under a final name.
public enum AtomicOutput {
  private static let serial = Atomic<Int>(0)

  /// Writes UTF-8 text to `path`, replacing what stands there.
  /// - Throws: `OutputError.cannotWrite` with the reason of the system; then nothing has changed.
  public static func write(_ text: String, to path: String) throws(OutputError) {
    try write(Array(text.utf8), to: path)
  }

  /// Writes bytes to `path`, replacing what stands there.
  /// - Throws: `OutputError.cannotWrite` with the reason of the system; then nothing has changed.
  public static func write(_ bytes: some Collection<UInt8>, to path: String) throws(OutputError) {
    let temporary = temporaryPath(for: path)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o644)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
    var failure = writeAll(Array(bytes), to: descriptor)
    if failure == nil, fsync(descriptor) != 0 { failure = systemReason() }
    // Some file systems report a full disk only here.
    if close(descriptor) != 0, failure == nil { failure = systemReason() }
    if failure == nil, rename(temporary, path) != 0 { failure = systemReason() }
    if let failure {
      unlink(temporary)
      throw .cannotWrite(path: path, reason: failure)
    }
  }

  /// Finds out before long work whether `path` can be written; what stands there is left as it is.
  /// - Throws: `OutputError.cannotWrite` with the reason of the system.
  public static func check(_ path: String) throws(OutputError) {
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue {
      throw .cannotWrite(path: path, reason: "is a directory")
    }
    let temporary = temporaryPath(for: path)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o644)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
    close(descriptor)
    unlink(temporary)
  }

  /// A name in the directory of `path` that no other writer, thread or process uses.
  static func temporaryPath(for path: String) -> String {
    let url = URL(fileURLWithPath: path)
    let number = serial.wrappingAdd(1, ordering: .relaxed).newValue
    let name = ".\(url.lastPathComponent).\(getpid()).\(number).partial"
    return url.deletingLastPathComponent().appendingPathComponent(name).path
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> String? {
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        let written = writeOnce(
          descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
        if written < 0 {
          if errno == EINTR { continue }
          return systemReason()
        }
        offset += written
      }
      return nil
    }
  }

  static func systemReason() -> String { String(cString: strerror(errno)).lowercased() }
}

/// The system call under another name: inside `AtomicOutput` the word `write` means its own methods.
private func writeOnce(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
