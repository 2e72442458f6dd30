import Foundation
import Synchronization

/// Shows how far long work has come, on standard error so that results on standard output stay clean.
///
/// On a terminal one line redraws, at most ten times a second; elsewhere a plain line is written at the start, at the
/// end and at most every ten seconds between. May be updated from several threads.
public final class ProgressLine: Sendable {
  /// Where lines go and what is known of it; the clock is part of it so that tests need not wait.
  public struct Output: Sendable {
    public var isTerminal: Bool
    /// Columns of the terminal.
    public var width: Int
    public var write: @Sendable (String) -> Void
    /// Seconds from any fixed moment, never decreasing.
    public var now: @Sendable () -> Double

    public init(
      isTerminal: Bool, width: Int = 80, write: @escaping @Sendable (String) -> Void,
      now: @escaping @Sendable () -> Double
    ) {
      self.isTerminal = isTerminal
      self.width = width
      self.write = write
      self.now = now
    }

    /// Standard error of this process.
    public static var standardError: Output {
      let start = ContinuousClock.now
      return Output(
        isTerminal: isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb",
        width: terminalWidth(),
        write: { FileHandle.standardError.write(Data($0.utf8)) },
        now: { (ContinuousClock.now - start) / .seconds(1) })
    }

    private static func terminalWidth() -> Int {
      var size = winsize()
      if ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
      return ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80
    }
  }

  private struct State {
    var started: Double?
    var lastWritten = -Double.infinity
    var completed = 0
    var isFinished = false
  }

  private let label: String
  private let total: Int
  private let output: Output
  private let state = Mutex(State())

  /// - Parameters:
  ///   - label: What is under way, such as `train gru`.
  ///   - total: How many steps there are; zero or less when unknown.
  public init(_ label: String, total: Int, output: Output = .standardError) {
    self.label = label
    self.total = total
    self.output = output
  }

  /// Tells that `completed` steps are done, with a word on the current state such as a loss.
  public func update(completed: Int, note: String = "") {
    state.withLock { state in
      guard !state.isFinished else { return }
      let now = output.now()
      let started = state.started ?? now
      state.started = started
      state.completed = max(state.completed, completed)
      guard now - state.lastWritten >= (output.isTerminal ? 0.1 : 10) else { return }
      state.lastWritten = now
      write(text(state.completed, elapsed: now - started, note: note), ends: false)
    }
  }

  /// Ends the line; later updates are ignored.
  public func finish(note: String = "") {
    state.withLock { state in
      guard !state.isFinished else { return }
      state.isFinished = true
      let now = output.now()
      let elapsed = NumberText.duration(seconds: now - (state.started ?? now))
      write([label, "done in \(elapsed)", note].filter { !$0.isEmpty }.joined(separator: " · "), ends: true)
    }
  }

  private func write(_ text: String, ends: Bool) {
    guard output.isTerminal else { return output.write(text + "\n") }
    // Carriage return, text, erase to the end of the line.
    output.write("\r" + fitted(text) + "\u{1B}[K" + (ends ? "\n" : ""))
  }

  private func text(_ completed: Int, elapsed: Double, note: String) -> String {
    var parts = [label]
    if total > 0 {
      let share = min(1, Double(completed) / Double(total))
      parts.append("\(completed)/\(total) (\(Int(share * 100))%)")
      if completed > 0, completed < total, elapsed >= 1 {
        let rest = elapsed * Double(total - completed) / Double(completed)
        parts.append("\(NumberText.duration(seconds: rest)) left")
      }
    } else {
      parts.append("\(completed)")
    }
    if !note.isEmpty { parts.append(note) }
    return parts.joined(separator: " · ")
  }

  /// A line longer than the terminal would wrap and no longer redraw in place.
  private func fitted(_ text: String) -> String {
    var result = ""
    var columns = 0
    for character in text where !character.isNewline {
      columns += DisplayWidth.columns(character)
      if columns >= max(10, output.width) { break }
      result.append(character)
    }
    return result
  }
}
