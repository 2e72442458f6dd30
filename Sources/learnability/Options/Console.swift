import Foundation

/// Where a command writes: results to standard output, messages to standard error.
struct Console: Sendable {
  /// Writes to standard output as it is; end lines yourself.
  let write: @Sendable (String) -> Void
  /// Writes to standard error as it is.
  let writeError: @Sendable (String) -> Void
  /// Columns to fit tables and help in.
  let width: Int

  static var standard: Console {
    let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 100
    return Console(
      write: { FileHandle.standardOutput.write(Data($0.utf8)) },
      writeError: { FileHandle.standardError.write(Data($0.utf8)) },
      width: min(120, max(60, columns)))
  }
}
