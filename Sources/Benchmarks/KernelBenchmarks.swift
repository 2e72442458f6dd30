import Foundation
import GatedCells
import Kernels
import Numerics
import Training

/// Products, elementary functions and the fused pass on every level of instructions.
enum KernelBenchmarks {
  static func peakRow(_ peak: Spread, threads: Int) -> Measurement {
    let scaled = Spread([peak.minimum * 1e-9, peak.median * 1e-9, peak.maximum * 1e-9])
    return Measurement(
      "matrix-product peak", setting: "\(threads) threads", unit: "GFLOP/s", value: scaled)
  }

  static func run(_ options: BenchmarkOptions) throws -> [Measurement] {
    var rows: [Measurement] = []
    for threads in Set([1, options.threads]).sorted() {
      if let peak = MatrixPeak.measure(threads: threads) { rows.append(peakRow(peak, threads: threads)) }
    }
    rows += try elementary(options)
    rows += try levels(options)
    rows += try references(options)
    return rows
  }

  /// Nanoseconds an element, against the system's function, one thread.
  private static func elementary(_ options: BenchmarkOptions) throws -> [Measurement] {
    var stream = RandomStream(seed: 1, purpose: "bench.elementary")
    let wide = (0..<4096).map { _ in Float(4 * stream.normal()) }
    // Positive and below 1, where the last three functions are defined.
    let narrow = (0..<4096).map { _ in Float(0.25 + 0.5 * stream.uniform()) }
    let repetitions = options.quick ? 20 : 500
    return try ElementaryFunction.allCases.map { function in
      let system: (Float) -> Float =
        switch function {
        case .exponential: { exp($0) }
        case .logistic: { 1 / (1 + exp(-$0)) }
        case .hyperbolicTangent: { tanh($0) }
        case .logarithm: { log($0) }
        case .sineOfEighth: { sin(.pi / 4 * $0) }
        case .cosineOfEighth: { cos(.pi / 4 * $0) }
        }
      let values = function.rawValue > ElementaryFunction.hyperbolicTangent.rawValue ? narrow : wide
      let elements = Double(values.count * repetitions)
      var sink: Float = 0
      let result = try Stopwatch.duel(runs: options.runs, times: 1e9 / elements) {
        for _ in 0..<repetitions { sink += try function(values)[17] }
      } against: {
        for _ in 0..<repetitions { sink += values.map(system)[17] }
      }
      precondition(!sink.isNaN)
      return Measurement(
        "\(function)", setting: "4096 elements", unit: "ns", value: result.value,
        rate: 1 / result.value.median, rateUnit: "Gelem/s", ratio: result.ratio, against: "system library")
    }
  }

  /// Fused forward and backward pass of the LSTM on each level that this processor supports.
  private static func levels(_ options: BenchmarkOptions) throws -> [Measurement] {
    let size = TrainingSize(batch: 64, steps: options.quick ? 32 : 256, inputs: 16, hidden: 64)
    let shape = TrainStep.shape(.lstm, size, layerNorm: false)
    let step = try TrainStep(.lstm, size, layerNorm: false, threads: options.threads)
    let parameters = step.parameters.map { Float($0) }
    return try CPULevel.supported.map { level in
      let network = try FusedNetwork(shape: shape, steps: size.steps, threads: options.threads, level: level)
      var gradient = [Float](repeating: 0, count: shape.parameterCount)
      let time = try Stopwatch.spread(runs: options.runs, times: 1e3) {
        try network.lossAndGradient(
          parameters: parameters, inputs: step.batch.inputs, targets: step.batch.targets,
          batch: size.batch, gradient: &gradient)
      }
      return Measurement(
        "fused lstm, \(level.rawValue)", setting: "\(size)", unit: "ms", value: time,
        rate: step.operations / time.median * 1e-6, rateUnit: "GFLOP/s")
    }
  }

  /// The fused pass in single precision against the simple path in double precision, run in turns.
  private static func references(_ options: BenchmarkOptions) throws -> [Measurement] {
    let size = TrainingSize(batch: 16, steps: options.quick ? 16 : 64, inputs: 16, hidden: 64)
    return try options.cells.map { cell in
      let step = try TrainStep(cell, size, layerNorm: true, threads: options.threads)
      let configuration = try TrainStep.configuration(cell, size, layerNorm: true)
      let reference = ReferenceEngine(try configuration.network.makeCell())
      var sink = 0.0
      let result = try Stopwatch.duel(runs: options.runs, times: 1e3) {
        sink += try step.engine.lossAndGradient(parameters: step.parameters, batch: step.batch).loss
      } against: {
        sink += reference.lossAndGradient(parameters: step.parameters, batch: step.batch).loss
      }
      precondition(!sink.isNaN)
      return Measurement(
        "fused \(cell.rawValue), layer norm", setting: "\(size)", unit: "ms", value: result.value,
        rate: step.operations / result.value.median * 1e-6, rateUnit: "GFLOP/s", ratio: result.ratio,
        against: "reference path")
    }
  }
}
