import GatedCells
import Kernels

/// A table of `learnability bench`.
public enum BenchmarkGroup: String, Sendable, CaseIterable {
  case kernels, train, diagnostics, stable, engine
  case kernelRegime = "kernel-regime"

  /// Runs the group; seconds to a minute, see the options.
  public func run(_ options: BenchmarkOptions) throws -> GroupResult {
    let rows =
      switch self {
      case .kernels: try KernelBenchmarks.run(options)
      case .train: try TrainBenchmarks.run(options)
      case .diagnostics: try DiagnosticBenchmarks.run(options)
      case .stable: try StableBenchmarks.run(options)
      case .engine: EngineSpeed.run()
      case .kernelRegime: try RegimeBenchmarks.run(options)
      }
    return GroupResult(group: rawValue, measurements: rows)
  }
}

/// A batch of sequences and a network: B, T, D, H.
public struct TrainingSize: Sendable, Hashable, CustomStringConvertible {
  public let batch: Int
  public let steps: Int
  public let inputs: Int
  public let hidden: Int

  public init(batch: Int, steps: Int, inputs: Int, hidden: Int) {
    self.batch = batch
    self.steps = steps
    self.inputs = inputs
    self.hidden = hidden
  }

  /// `B,T,D,H` with each at least 1 and T at least 2, or nil.
  public init?(_ text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 4, let b = parts[0], let t = parts[1], let d = parts[2], let h = parts[3],
      min(b, d, h) >= 1, t >= 2, max(b, t, max(d, h)) <= 65_536
    else { return nil }
    self.init(batch: b, steps: t, inputs: d, hidden: h)
  }

  public var description: String { "\(batch),\(steps),\(inputs),\(hidden)" }

  /// The sizes that training steps are compared at.
  public static let standard = [
    TrainingSize(batch: 16, steps: 256, inputs: 16, hidden: 64),
    TrainingSize(batch: 64, steps: 256, inputs: 16, hidden: 64),
    TrainingSize(batch: 64, steps: 1024, inputs: 16, hidden: 128),
    TrainingSize(batch: 512, steps: 256, inputs: 16, hidden: 128),
  ]
}

/// How much to measure.
public struct BenchmarkOptions: Sendable {
  /// Threads of the fused passes; data generation and diagnostics use all processors.
  public var threads: Int
  /// Runs a row.
  public var runs: Int
  /// Fewer and smaller cases, to see that everything works; the figures are rough.
  public var quick: Bool
  public var cells: [BuiltInCell]
  public var sizes: [TrainingSize]
  /// Layer norm on, off or both in the `train` group.
  public var layerNorms: [Bool]

  public init(
    runs: Int, threads: Int = FusedNetwork.defaultThreads, quick: Bool = false,
    cells: [BuiltInCell] = BuiltInCell.allCases,
    sizes: [TrainingSize] = TrainingSize.standard, layerNorms: [Bool] = [false, true]
  ) {
    self.runs = runs
    self.threads = threads
    self.quick = quick
    self.cells = cells
    self.sizes = sizes
    self.layerNorms = layerNorms
  }
}
