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
    let columns =
      ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? terminalColumns ?? 100
    return Console(
      write: { FileHandle.standardOutput.write(Data($0.utf8)) },
      writeError: { FileHandle.standardError.write(Data($0.utf8)) },
      width: min(200, max(60, columns)))
  }

  /// How wide the terminal is that standard output goes to; nil when it goes elsewhere.
  private static var terminalColumns: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
