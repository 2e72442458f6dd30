import Testing

@testable import learnability

@Suite struct OptionTests {
  enum Preset: String, CaseIterable, Sendable { case quick, small, paper }

  static let seed = Option.seed(help: "seed of all random streams")
  static let epochs = Option.integer("epochs", in: 1...10_000, default: 5, help: "passes over the data")
  static let rate = Option.number("rate", in: .positive, default: 0.001, help: "learning rate")
  static let offset = Option.number("offset", help: "any number")
  static let out = Option.path("out", placeholder: "DIR", help: "directory to write").required()
  static let preset = Option<Preset>.choice("preset", default: .quick, help: "size of the run")
  static let cells = Option<[Preset]>.choices("cells", default: Preset.allCases, help: "which")
  static let lags = Option.integers("lags", in: 1...100, help: "lags")
  static let weights = Option.numbers("weights", in: .finite, help: "coefficients")
  static let force = Flag("force", help: "replace an earlier run")
  static let resume = Flag("resume", help: "continue an earlier run")
  static let all: [any OptionDeclaration] = [
    seed, epochs, rate, offset, out, preset, cells, lags, weights, force, resume,
  ]

  private func parse(_ words: String..., arguments: ArgumentDeclaration? = nil) throws(OptionError)
    -> ParsedArguments
  {
    try ParsedArguments(["--out", "x"] + words, command: "run", options: Self.all, arguments: arguments)
  }

  @Test func bothFormsOfAValueAreRead() throws {
    #expect(try parse("--epochs", "7").value(of: Self.epochs) == 7)
    #expect(try parse("--epochs=7").value(of: Self.epochs) == 7)
    #expect(try parse("--offset", "-1.5").value(of: Self.offset) == -1.5)
    #expect(try parse("--preset=paper").value(of: Self.preset) == .paper)
    #expect(try parse("--seed", "18446744073709551615").value(of: Self.seed) == .max)
  }

  @Test func defaultsStandIn() throws {
    let parsed = try parse()
    #expect(try parsed.value(of: Self.rate) == 0.001)
    #expect(try parsed.value(of: Self.cells) == Preset.allCases)
    #expect(try parsed.valueIfAny(of: Self.lags) == nil)
    #expect(throws: OptionError.missingOption("lags", placeholder: "N,…")) { try parsed.value(of: Self.lags) }
    #expect(!parsed.isSet(Self.force))
    #expect(try parse("--force").isSet(Self.force))
  }

  @Test func listsAreReadAndAddUp() throws {
    #expect(try parse("--lags", "1,2,10..13").value(of: Self.lags) == [1, 2, 10, 11, 12, 13])
    #expect(try parse("--lags=1", "--lags=5").value(of: Self.lags) == [1, 5])
    #expect(try parse("--weights", "-1,0.5, .25").value(of: Self.weights) == [-1, 0.5, 0.25])
    #expect(try parse("--cells", "quick,paper").value(of: Self.cells) == [.quick, .paper])
    #expect(try parse("--cells", "all").value(of: Self.cells) == Preset.allCases)
  }

  /// A bad value is refused with its name, what was given and what is allowed.
  @Test(arguments: [
    ("epochs", "0"), ("epochs", "10001"), ("epochs", "7.5"), ("epochs", "many"), ("rate", "0"),
    ("rate", "-1"),
    ("rate", "nan"), ("rate", "inf"), ("rate", "1e999"), ("preset", "huge"), ("preset", "Quick"),
    ("cells", "quick,"),
    ("cells", "quick,quick"), ("lags", "0"), ("lags", "1,1"), ("lags", "5..2"), ("lags", "1..101"),
    ("lags", "1,,2"),
    ("weights", "1,x"), ("seed", "-1"), ("seed", "18446744073709551616"), ("epochs", ""),
  ])
  func badValuesAreRefused(_ name: String, _ given: String) throws {
    let error = #expect(throws: OptionError.self) { try parse("--\(name)=\(given)") }
    let option = try #require(Self.all.first { $0.name == name })
    #expect(error == .invalidValue(option: name, given: given, allowed: option.allowed))
    let message = try #require(error?.description)
    #expect(
      message.contains("--\(name)") && message.contains("'\(given)'") && message.contains(option.allowed))
  }

  @Test func unknownOptionsAreHinted() {
    #expect(throws: OptionError.unknownOption("--epoch", command: "run", hint: "--epochs")) {
      try parse("--epoch", "3")
    }
    #expect(throws: OptionError.unknownOption("--zzzzz", command: "run", hint: nil)) { try parse("--zzzzz") }
    #expect(throws: OptionError.unknownOption("-force", command: "run", hint: "--force")) {
      try parse("-force")
    }
  }

  @Test func misuseIsRefused() {
    #expect(throws: OptionError.missingValue(option: "epochs", placeholder: "N")) { try parse("--epochs") }
    #expect(throws: OptionError.missingValue(option: "epochs", placeholder: "N")) {
      try parse("--epochs", "--force")
    }
    #expect(throws: OptionError.unexpectedValue(flag: "force", given: "yes")) { try parse("--force=yes") }
    #expect(throws: OptionError.repeated("epochs")) { try parse("--epochs=1", "--epochs=2") }
    #expect(throws: OptionError.repeated("force")) { try parse("--force", "--force") }
    #expect(throws: OptionError.missingOption("out", placeholder: "DIR")) {
      try ParsedArguments([], command: "run", options: Self.all)
    }
    #expect(throws: OptionError.conflict("force", "resume")) {
      try parse("--force", "--resume").exclude(Self.force, Self.resume)
    }
  }

  @Test func argumentsAreCounted() throws {
    let cells = ArgumentDeclaration("CELL", count: 1...2, help: "cells")
    #expect(try parse("gru", "--force", "lstm", arguments: cells).arguments == ["gru", "lstm"])
    #expect(try parse("--", "--force", arguments: cells).arguments == ["--force"])
    #expect(throws: OptionError.missingArgument("CELL", command: "run")) { try parse(arguments: cells) }
    #expect(throws: OptionError.unexpectedArgument("c", command: "run")) {
      try parse("a", "b", "c", arguments: cells)
    }
    #expect(throws: OptionError.unexpectedArgument("gru", command: "run")) { try parse("gru") }
  }

  /// The command line that a report names is parsed to the same options again, without those that say where to write.
  @Test func aCommandLineCanBeRepeated() throws {
    let parsed = try parse("--lags", "1,2", "--force", "--preset=small", "--weights", "-1")
    let line = parsed.repetition(of: "run", without: ["out"])
    #expect(line == "learnability run --force --lags 1,2 --preset small --weights -1")
    let again = try ParsedArguments(
      ["--out", "y"] + line.split(separator: " ").dropFirst(2).map(String.init), command: "run",
      options: Self.all)
    #expect(try again.value(of: Self.lags) == [1, 2] && again.isSet(Self.force))
  }

  @Test func distancesCountEdits() {
    #expect(NearestName.distance("", "abc") == 3)
    #expect(NearestName.distance("kitten", "sitting") == 3)
    #expect(NearestName.distance("hlep", "help") == 1)
    #expect(NearestName.find("repro", in: ["train", "reproduce"]) == "reproduce")
    #expect(NearestName.find("q", in: ["train", "window"]) == nil)
  }

  /// Lines of wrapped help keep to the width and lose no word.
  @Test func helpIsWrapped() {
    let text = "one two three four five six seven eight nine ten"
    let wrapped = HelpText.wrap(text, indent: 4, width: 20)
    let lines = wrapped.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 20 && $0.hasPrefix("    ") })
    #expect(lines.flatMap { $0.split(separator: " ") }.joined(separator: " ") == text)
  }
}
