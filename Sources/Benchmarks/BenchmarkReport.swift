import Foundation
import Kernels

/// Durations or other figures of several runs.
public struct Spread: Sendable, Hashable, Codable {
  public let median: Double
  public let minimum: Double
  public let maximum: Double
  /// How many runs there were.
  public let runs: Int

  /// - Precondition: At least one value.
  public init(_ values: [Double]) {
    precondition(!values.isEmpty, "a spread needs at least one run")
    let sorted = values.sorted()
    let middle = sorted.count / 2
    median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    minimum = sorted[0]
    maximum = sorted[sorted.count - 1]
    runs = sorted.count
  }
}

/// One row of a benchmark.
public struct Measurement: Sendable, Hashable, Codable {
  /// What was measured, such as `lstm`.
  public var name: String
  /// At which size or constants, such as `64,256,16,64`.
  public var setting: String
  /// The unit of `value`, such as `ms`.
  public var unit: String
  public var value: Spread
  /// Rate at the median, in `rateUnit`.
  public var rate: Double?
  public var rateUnit: String?
  /// Share of the matrix-product peak measured in the same run, from 0 to 1.
  public var shareOfPeak: Double?
  /// How many times the time of this row the other took, run by run, and what the other is.
  public var ratio: Spread?
  public var against: String?

  public init(
    _ name: String, setting: String = "", unit: String, value: Spread, rate: Double? = nil,
    rateUnit: String? = nil, shareOfPeak: Double? = nil, ratio: Spread? = nil, against: String? = nil
  ) {
    self.name = name
    self.setting = setting
    self.unit = unit
    self.value = value
    self.rate = rate
    self.rateUnit = rateUnit
    self.shareOfPeak = shareOfPeak
    self.ratio = ratio
    self.against = against
  }
}

/// The rows of one group.
public struct GroupResult: Sendable, Hashable, Codable {
  public let group: String
  public let measurements: [Measurement]
}

/// What `learnability bench --json` writes: this structure, field by field, keys sorted, absent figures left out.
///
/// A field may be added without a new ``formatVersion``; when one changes its meaning, its name or goes away, the version
/// grows by one.
public struct BenchmarkReport: Sendable, Hashable, Codable {
  public static let currentFormatVersion = 1

  /// The version of this structure.
  public var formatVersion = BenchmarkReport.currentFormatVersion
  /// The widest instructions that the kernels use: `baseline`, `avx2` or `avx512`.
  public var level = CPULevel.best.rawValue
  /// Threads of the fused passes.
  public var threads: Int
  /// `release` or `debug`; figures of a debug build are not worth comparing.
  public var build = BenchmarkReport.currentBuild
  /// In the order they ran.
  public var groups: [GroupResult]

  public init(threads: Int, groups: [GroupResult]) {
    self.threads = threads
    self.groups = groups
  }

  #if DEBUG
    public static let currentBuild = "debug"
  #else
    public static let currentBuild = "release"
  #endif

  /// The report as JSON.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
