import Foundation
import PropertyEngine
import Testing

/// Where a property stands: its key, its runner, its stored cases, and how its outcome reaches the test framework.
struct PropertyContext {
  let title: String
  /// Module, suite, test and name: no line numbers, so that edits do not lose stored cases.
  let key: String
  let cases: Int?
  let runner: PropertyRunner
  private let session: TestSession
  private let fileKey: String
  private let filter: String
  private let filePath: String
  private let sourceLocation: SourceLocation
  private let problemsOfInput: [String]
  let onlyCase: PropertyRunner.OnlyCase?

  init(
    _ name: String, cases: Int?, filePath: String, _ sourceLocation: SourceLocation,
    session: TestSession = TestSession.current ?? .shared
  ) {
    self.session = session
    self.filePath = filePath
    self.sourceLocation = sourceLocation
    let identity = TestIdentity(Test.current.map { "\($0.id)" }, fileID: sourceLocation.fileID)
    title = name.isEmpty ? identity.test : identity.test + " \"\(name)\""
    key = identity.key + (name.isEmpty ? "" : "/" + name)
    fileKey = identity.suiteKey
    filter = identity.filter
    let settings = session.settings
    let trait = PropertyTrait.current
    self.cases = settings.cases ?? cases ?? trait?.cases
    var profile = settings.profile
    // A count given in the environment is meant as it stands.
    if settings.cases != nil { profile.caseFactor = 1 }
    var runner = PropertyRunner(
      profile: profile, seed: trait?.seed ?? session.seed, journalDirectory: session.journalDirectory)
    if let directory = settings.observationDirectory {
      let writer = ObservationWriter(directory: directory, property: key)
      runner.observer = { writer.write($0) }
    }
    self.runner = runner
    var problems: [String] = []
    var only = settings.onlyCase.map { PropertyRunner.OnlyCase.random($0) }
    if let text = settings.replay {
      do throws(TapeError) {
        only = .replay(try TapeText.decode(text))
      } catch {
        problems.append("PBT_REPLAY: \(error.description)")
      }
    }
    onlyCase = only
    problemsOfInput = problems
  }

  /// A runner that only asks whether a counterexample exists.
  var searcher: PropertyRunner { PropertyRunner(profile: .search, seed: runner.seed) }

  var hasMutant: Bool { session.settings.mutant != nil || Mutant.active != nil }

  func withMutant<Result>(_ run: () -> Result) -> Result {
    guard let name = session.settings.mutant else { return run() }
    return Mutant.$active.withValue(Mutant(name), operation: run)
  }

  func withMutant<Result: Sendable>(_ run: () async -> Result) async -> Result {
    guard let name = session.settings.mutant else { return await run() }
    return await Mutant.$active.withValue(Mutant(name), operation: run)
  }

  // MARK: Stored cases

  private var regressionPath: String {
    URL(fileURLWithPath: filePath).deletingLastPathComponent().path + "/Regressions/\(fileKey).txt"
  }

  func storedCases() -> [StoredCase] {
    for problem in session.takeWarnings() + problemsOfInput { warn(problem) }
    guard session.settings.database != .off else { return [] }
    let (cases, problems) = session.regressions(at: regressionPath).cases(of: key)
    for problem in problems { warn(problem) }
    return cases
  }

  private func store(_ outcome: PropertyOutcome) {
    guard session.settings.database == .write, !hasMutant, onlyCase == nil else { return }
    let entries = outcome.counterexamples.filter { !$0.isStatistical }.map {
      RegressionFile.Entry(property: key, $0, seed: outcome.seed, date: TestSession.today)
    }
    if let problem = session.store(entries, at: regressionPath) { warn(problem) }
  }

  // MARK: Reports

  func report(_ outcome: PropertyOutcome) {
    for warning in outcome.warnings { warn("\(title): \(warning.text)") }
    session.book(outcome)
    if outcome.status != .passed {
      let text = outcome.failureText(reproduce: "swift test --filter '\(filter)'")
      Issue.record(Comment(rawValue: text), sourceLocation: sourceLocation)
      store(outcome)
    }
    let hasStatistics =
      !(outcome.labels.isEmpty && outcome.numbers.isEmpty && outcome.worst.isEmpty
      && outcome.statistics.isEmpty)
    if hasStatistics || session.settings.isVerbose {
      Attachment.record(outcome.statisticsText, named: "\(title).txt", sourceLocation: sourceLocation)
    }
    if session.settings.isVerbose { TestSession.print(outcome.statisticsText) }
  }

  func reportSurvivors(_ mutants: [Mutant]) {
    for mutant in mutants {
      let text =
        "\(title) passes with mutant \"\(mutant)\" active, which it must notice: strengthen the property, or let its "
        + "generators reach the fault."
      Issue.record(Comment(rawValue: text), sourceLocation: sourceLocation)
    }
  }

  private func warn(_ text: String) {
    Issue.record(Comment(rawValue: text), severity: .warning, sourceLocation: sourceLocation)
  }
}

/// The names of a test, taken apart.
struct TestIdentity {
  let key: String
  let suiteKey: String
  let test: String
  let filter: String

  /// - Parameters:
  ///   - id: As Swift Testing writes it, `Module.Suite/test()/File.swift:12:4`; nil outside a test.
  ///   - fileID: `Module/File.swift`, used when there is no test.
  init(_ id: String?, fileID: String) {
    guard let id else {
      key = fileID
      suiteKey = fileID.replacingOccurrences(of: "/", with: ".")
      test = fileID
      filter = fileID
      return
    }
    var parts = id.split(separator: "/").map(String.init)
    // The last part is the place in the file: it must not key anything.
    if parts.count > 1, parts[parts.count - 1].contains(".swift:") { parts.removeLast() }
    key = parts.joined(separator: "/")
    test = parts.last ?? id
    let suite = parts.dropLast().joined(separator: ".")
    suiteKey = suite.isEmpty ? parts[0].split(separator: ".").first.map(String.init) ?? "Tests" : suite
    let bare = parts.joined(separator: "/").prefix { $0 != "(" }
    filter = NSRegularExpression.escapedPattern(for: String(bare)).replacingOccurrences(of: "\\/", with: "/")
  }
}
