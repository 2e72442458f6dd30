import Benchmarks
import Foundation
import GatedCells
import Reporting

/// `learnability bench`.
struct BenchCommand: Command {
  static let name = "bench"
  static let summary = "measure speed: kernels, training steps, diagnostics, stable laws, property engine"
  static let discussion = """
    Prints a table for each group: medians of several runs with least and most, and ratios where there is something to \
    compare with, measured in turns in the same run. Groups: \(BenchmarkGroup.allCases.map(\.rawValue).joined(separator: ", ")); \
    all of them without an argument. Simulations of minutes that are kept as documents, only when named: \
    \(LongTable.allCases.map(\.rawValue).joined(separator: ", ")). Build with -c release, and let nothing else run.
    """
  static let json = Option<String>.path(
    "json", placeholder: "FILE",
    help: "also write all figures there; with - to standard output instead of tables")
  static let threads = Option<Int>.integer(
    "threads", in: 1...256,
    help: "threads of the fused passes in the groups kernels and train; all processors when not given")
  static let runs = Option<Int>.integer("runs", in: 1...10_000, default: 7, help: "runs a row")
  static let cells = Option<[BuiltInCell]>.choices(
    "cells", default: BuiltInCell.allCases, help: "cells of the groups kernels, train and diagnostics")
  static let size = Option<TrainingSize>(
    "size", placeholder: "B,T,D,H", help: "one size for the group train, in place of the four standard ones",
    allowed: "four whole numbers from 1 to 65536, T at least 2"
  ) { TrainingSize($0) }
  static let layerNorm = Option<LayerNormChoice>.choice(
    "layer-norm", default: .both, help: "in the group train")
  static let quick = Flag(
    "quick", help: "fewer and smaller cases, to see that everything works; figures are rough")
  static let options: [any OptionDeclaration] = [json, threads, runs, cells, size, layerNorm, quick]
  static let arguments: ArgumentDeclaration? = ArgumentDeclaration(
    "GROUP", count: 0...20, help: "a group to measure; all of them when none is given")
  static let examples = [
    CommandExample("learnability bench", "all groups, a few minutes"),
    CommandExample("learnability bench train --cells lstm --json lstm.json", "training steps of one cell"),
  ]

  enum LayerNormChoice: String, CaseIterable, Sendable {
    case off, on, both

    var values: [Bool] {
      switch self {
      case .off: [false]
      case .on: [true]
      case .both: [false, true]
      }
    }
  }

  private let groups: [BenchmarkGroup]
  private let tables: [LongTable]
  private let options: BenchmarkOptions
  private let jsonPath: String?

  init(_ parsed: ParsedArguments) throws {
    var groups: [BenchmarkGroup] = []
    var tables: [LongTable] = []
    for word in parsed.arguments {
      if let group = BenchmarkGroup(rawValue: word) {
        groups.append(group)
      } else if let table = LongTable(rawValue: word) {
        tables.append(table)
      } else {
        let known = BenchmarkGroup.allCases.map(\.rawValue) + LongTable.allCases.map(\.rawValue)
        let hint = NearestName.find(word, in: known).map { "; did you mean '\($0)'?" } ?? ""
        throw InputError(
          "there is no benchmark group '\(word)'\(hint)\nknown are \(known.joined(separator: ", "))")
      }
    }
    self.groups = groups.isEmpty && tables.isEmpty ? BenchmarkGroup.allCases : groups
    self.tables = tables
    let quick = parsed.isSet(Self.quick)
    let runs = try parsed.value(of: Self.runs)
    options = BenchmarkOptions(
      runs: quick ? min(3, runs) : runs,
      threads: try parsed.valueIfAny(of: Self.threads) ?? ProcessInfo.processInfo.activeProcessorCount,
      quick: quick, cells: try parsed.value(of: Self.cells),
      sizes: try parsed.valueIfAny(of: Self.size).map { [$0] } ?? TrainingSize.standard,
      layerNorms: try parsed.value(of: Self.layerNorm).values)
    jsonPath = try parsed.valueIfAny(of: Self.json)
    if let jsonPath, jsonPath != "-" { try AtomicOutput.check(jsonPath) }
  }

  func run(_ console: Console) throws -> ExitCode {
    if BenchmarkReport.currentBuild == "debug" {
      console.writeError("learnability: this is a debug build; its figures are worth nothing\n")
    }
    let quiet = jsonPath == "-"
    var results: [GroupResult] = []
    for group in groups {
      let result = try group.run(options)
      results.append(result)
      if !quiet { console.write(Self.table(result).plainText(atMost: max(console.width, 140)) + "\n") }
    }
    for table in tables {
      if !quiet { console.write(table.rawValue + "\n\n") }
      try table.run { line in if !quiet { console.write(line + "\n") } }
    }
    guard let jsonPath else { return .success }
    let text = try BenchmarkReport(threads: options.threads, groups: results).json()
    if quiet { console.write(text) } else { try AtomicOutput.write(text, to: jsonPath) }
    return .success
  }

  private static func table(_ result: GroupResult) -> ReportTable {
    ReportTable(
      result.group,
      columns: [
        .init("what", .leading), .init("at", .leading), .init("median"), .init("least"), .init("most"),
        .init("unit", .leading), .init("rate"), .init("of peak"), .init("ratio (least–most)"),
        .init("to", .leading),
      ],
      rows: result.measurements.map { row in
        [
          .init(ReportText(row.name)), .init(ReportText(row.setting)), .number(row.value.median),
          .number(row.value.minimum), .number(row.value.maximum), .init(ReportText(row.unit)),
          .init(
            ReportText(
              row.rate.map { "\(NumberText.significant($0, digits: 3)) \(row.rateUnit ?? "")" } ?? "")),
          .init(ReportText(row.shareOfPeak.map { "\(Int((100 * $0).rounded())) %" } ?? "")),
          .init(ReportText(row.ratio.map(ratio) ?? "")), .init(ReportText(row.against ?? "")),
        ]
      })
  }

  private static func ratio(_ spread: Spread) -> String {
    let texts = [spread.median, spread.minimum, spread.maximum].map { NumberText.significant($0, digits: 3) }
    return "\(texts[0])× (\(texts[1])–\(texts[2]))"
  }
}
