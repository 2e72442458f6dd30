/// What the environment asks of a run, read from the `PBT_*` variables.
///
/// | variable | meaning |
/// |---|---|
/// | `PBT_PROFILE` | `dev` (default), `ci`, `thorough`, `deterministic`, `search` |
/// | `PBT_CASES`, `PBT_SECONDS` | cases per property, wall-clock cap per property (2 s, 5 s, 15 s, none, none) |
/// | `PBT_SEED` | seed, hexadecimal |
/// | `PBT_CASE` | run this random case only |
/// | `PBT_REPLAY` | run this tape only |
/// | `PBT_DB` | `write` (read and add cases), `read`, `off` |
/// | `PBT_OBSERVE` | directory for JSON lines |
/// | `PBT_VERBOSE` | `1` prints a line per property |
/// | `PBT_ALARM` | most false alarm a run may add up to before it warns |
/// | `PBT_MUTANT` | name of the mutant that is active in the whole run |
public struct RunSettings: Sendable, Hashable {
  public enum Database: String, Sendable { case write, read, off }

  public var profile = Profile.dev
  public var cases: Int?
  /// Nil asks for a random seed.
  public var seed: UInt64?
  public var onlyCase: Int?
  public var replay: String?
  public var database = Database.write
  public var observationDirectory: String?
  public var isVerbose = false
  public var alarmLimit = 1e-3
  public var mutant: String?

  static let names: Set<String> = [
    "PBT_PROFILE", "PBT_CASES", "PBT_SECONDS", "PBT_SEED", "PBT_CASE", "PBT_REPLAY", "PBT_DB", "PBT_OBSERVE",
    "PBT_VERBOSE", "PBT_ALARM", "PBT_MUTANT",
  ]

  public init() {}

  /// Reads the variables; what is unknown or malformed is ignored with a warning that says what is allowed.
  public static func read(_ environment: [String: String]) -> (settings: RunSettings, warnings: [String]) {
    var settings = RunSettings()
    var warnings: [String] = []
    for name in environment.keys.sorted() where name.hasPrefix("PBT_") && !names.contains(name) {
      warnings.append(
        "\(name) is not a variable of this library; known are \(names.sorted().joined(separator: ", ")).")
    }
    func parse<Value>(_ name: String, _ allowed: String, _ convert: (String) -> Value?) -> Value? {
      guard let text = environment[name], !text.isEmpty else { return nil }
      if let value = convert(text) { return value }
      warnings.append("\(name)=\(text) is ignored: it takes \(allowed).")
      return nil
    }
    if let profile = parse("PBT_PROFILE", "dev, ci, thorough, deterministic or search", Profile.named) {
      settings.profile = profile
    }
    if settings.profile.name == "ci" || settings.profile.name == "deterministic" {
      // The same cases on every run: a pass stays a pass.
      settings.seed = 0
      settings.database = .read
    }
    settings.cases = parse("PBT_CASES", "a positive whole number") { Int($0).flatMap { $0 > 0 ? $0 : nil } }
    if let seconds = parse(
      "PBT_SECONDS", "a positive number of seconds", { Double($0).flatMap { $0 > 0 ? $0 : nil } })
    {
      settings.profile.seconds = seconds
    }
    if let seed = parse("PBT_SEED", "a hexadecimal number of up to 16 digits", { UInt64($0, radix: 16) }) {
      settings.seed = seed
    }
    settings.onlyCase = parse("PBT_CASE", "the number of a random case") {
      Int($0).flatMap { $0 >= 0 ? $0 : nil }
    }
    settings.replay = environment["PBT_REPLAY"].flatMap { $0.isEmpty ? nil : $0 }
    if let database = parse("PBT_DB", "write, read or off", Database.init(rawValue:)) {
      settings.database = database
    }
    settings.observationDirectory = environment["PBT_OBSERVE"].flatMap { $0.isEmpty ? nil : $0 }
    settings.isVerbose = parse("PBT_VERBOSE", "0 or 1") { ["0": false, "1": true][$0] } ?? false
    if let alarm = parse(
      "PBT_ALARM", "a probability", { Double($0).flatMap { $0 > 0 && $0 <= 1 ? $0 : nil } })
    {
      settings.alarmLimit = alarm
    }
    settings.mutant = environment["PBT_MUTANT"].flatMap { $0.isEmpty ? nil : $0 }
    return (settings, warnings)
  }
}
