import Foundation
import PropertyEngine
import Synchronization

/// What all properties of a test process share: settings, seed, ledger, regression files.
final class TestSession: Sendable {
  static let shared: TestSession = {
    let session = TestSession(environment: ProcessInfo.processInfo.environment)
    atexit { TestSession.shared.printLedger() }
    return session
  }()

  /// Stands in for the shared session, for tests of the adapter itself.
  @TaskLocal static var current: TestSession?

  let settings: RunSettings
  let seed: UInt64
  let journalDirectory: String
  private let ledger = Mutex(AlarmLedger())
  private let warnings: Mutex<[String]>
  private let files = Mutex<[String: RegressionFile]>([:])

  init(environment: [String: String]) {
    let (settings, problems) = RunSettings.read(environment)
    self.settings = settings
    seed = settings.seed ?? UInt64.random(in: .min ... .max)
    let build = FileManager.default.currentDirectoryPath + "/.build"
    let hasBuild = FileManager.default.fileExists(atPath: build)
    journalDirectory = (hasBuild ? build : NSTemporaryDirectory()) + "/pbt-journal"
    let crashes = CrashedCase.leftovers(in: journalDirectory, removing: true).map(\.advice)
    warnings = Mutex(problems + crashes)
    if settings.profile.name == "thorough" || settings.isVerbose {
      Self.print("property seed \(String(seed, radix: 16)), profile \(settings.profile.name)")
    }
  }

  /// Warnings about the whole run; handed out once, to whichever property comes first.
  func takeWarnings() -> [String] {
    warnings.withLock { list in
      defer { list = [] }
      return list
    }
  }

  func book(_ outcome: PropertyOutcome) { ledger.withLock { $0.add(outcome) } }

  private func printLedger() {
    let ledger = ledger.withLock { $0 }
    guard !ledger.entries.isEmpty else { return }
    Self.print(ledger.summary)
    if ledger.bound > settings.alarmLimit {
      Self.print("warning: the bound is above \(settings.alarmLimit) (PBT_ALARM); declare smaller alarms")
    }
  }

  // MARK: Regression files

  func regressions(at path: String) -> RegressionFile {
    files.withLock { files in
      if let known = files[path] { return known }
      let file = RegressionFile.read(path)
      files[path] = file
      for problem in file.problems { warnings.withLock { $0.append(problem) } }
      return file
    }
  }

  /// Adds cases to a file; returns what went wrong.
  func store(_ entries: [RegressionFile.Entry], at path: String) -> String? {
    files.withLock { files in
      var file = files[path] ?? RegressionFile.read(path)
      let added = entries.filter { file.add($0) }
      guard !added.isEmpty else { return nil }
      files[path] = file
      do {
        try file.write(path)
        return nil
      } catch {
        return
          "The counterexample could not be written to \(path): \(error). Make the folder writable, or set PBT_DB=off."
      }
    }
  }

  static func print(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  /// Today as year-month-day.
  static var today: String {
    let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
    func padded(_ value: Int?) -> String { (value ?? 0) < 10 ? "0\(value ?? 0)" : "\(value ?? 0)" }
    return "\(parts.year ?? 0)-\(padded(parts.month))-\(padded(parts.day))"
  }
}
