import KernelsAVX2
import KernelsAVX512
import KernelsBaseline

/// Update rules on flat vectors in double precision, each in one pass. The gradient g is multiplied by `scale` on its way,
/// which is how clipping costs no pass of its own. Same bits on every level, and the same as the scalar formulas with
/// every operation rounded.
public enum OptimizerSteps {
  /// The numbers of one AdamW step.
  public typealias AdamW = AdamWConstants

  /// `Σ v²`; relative error at most `(n/16 + 5)·u`. Infinite when a square overflows, NaN when an element is.
  public static func sumOfSquares(_ values: [Double], level: CPULevel = .best) -> Double {
    values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return 0 }
      return switch level {
      case .baseline: KernelsBaseline.sumOfSquares(start, values.count)
      case .avx2: KernelsAVX2.sumOfSquares(start, values.count)
      case .avx512: KernelsAVX512.sumOfSquares(start, values.count)
      }
    }
  }

  /// `θ ← θ − μ s g`.
  public static func sgd(
    _ parameters: inout [Double], gradient: [Double], learningRate: Double, scale: Double,
    level: CPULevel = .best
  ) {
    run(&parameters, gradient) { theta, gradient, count in
      switch level {
      case .baseline: KernelsBaseline.sgdStep(theta, gradient, count, learningRate, scale)
      case .avx2: KernelsAVX2.sgdStep(theta, gradient, count, learningRate, scale)
      case .avx512: KernelsAVX512.sgdStep(theta, gradient, count, learningRate, scale)
      }
    }
  }

  /// `m ← β m + s g`, `θ ← θ − μ m`.
  public static func momentum(
    _ parameters: inout [Double], gradient: [Double], mean: inout [Double], learningRate: Double,
    scale: Double, decay: Double, level: CPULevel = .best
  ) {
    run(&parameters, gradient, &mean) { theta, gradient, mean, count in
      switch level {
      case .baseline: KernelsBaseline.momentumStep(theta, gradient, mean, count, learningRate, scale, decay)
      case .avx2: KernelsAVX2.momentumStep(theta, gradient, mean, count, learningRate, scale, decay)
      case .avx512: KernelsAVX512.momentumStep(theta, gradient, mean, count, learningRate, scale, decay)
      }
    }
  }

  /// `v ← ρ v + (1 − ρ)(s g)²`, `θ ← θ − μ s g / (√v + ε)`.
  public static func rmsprop(
    _ parameters: inout [Double], gradient: [Double], square: inout [Double], learningRate: Double,
    scale: Double, decay: Double, epsilon: Double, level: CPULevel = .best
  ) {
    run(&parameters, gradient, &square) { theta, gradient, square, count in
      switch level {
      case .baseline:
        KernelsBaseline.rmspropStep(theta, gradient, square, count, learningRate, scale, decay, epsilon)
      case .avx2:
        KernelsAVX2.rmspropStep(theta, gradient, square, count, learningRate, scale, decay, epsilon)
      case .avx512:
        KernelsAVX512.rmspropStep(theta, gradient, square, count, learningRate, scale, decay, epsilon)
      }
    }
  }

  /// `m ← β₁ m + (1 − β₁) s g`, `v ← β₂ v + (1 − β₂)(s g)²`, `θ ← θ − μ (w θ + m̂/(√v̂ + ε))`.
  public static func adamW(
    _ parameters: inout [Double], gradient: [Double], mean: inout [Double], square: inout [Double],
    constants: AdamW, level: CPULevel = .best
  ) {
    precondition(square.count == mean.count, "moments of \(mean.count) and \(square.count) numbers")
    square.withUnsafeMutableBufferPointer { square in
      guard let square = square.baseAddress else { return }
      run(&parameters, gradient, &mean) { theta, gradient, mean, count in
        withUnsafePointer(to: constants) { constants in
          switch level {
          case .baseline: KernelsBaseline.adamWStep(theta, gradient, mean, square, count, constants)
          case .avx2: KernelsAVX2.adamWStep(theta, gradient, mean, square, count, constants)
          case .avx512: KernelsAVX512.adamWStep(theta, gradient, mean, square, count, constants)
          }
        }
      }
    }
  }

  private static func run(
    _ parameters: inout [Double], _ gradient: [Double],
    _ body: (UnsafeMutablePointer<Double>, UnsafePointer<Double>, Int) -> Void
  ) {
    precondition(
      parameters.count == gradient.count,
      "a gradient of \(gradient.count) numbers for \(parameters.count) parameters")
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradient.withUnsafeBufferPointer { gradient in
        guard let theta = parameters.baseAddress, let slope = gradient.baseAddress else { return }
        body(theta, slope, parameters.count)
      }
    }
  }

  private static func run(
    _ parameters: inout [Double], _ gradient: [Double], _ moment: inout [Double],
    _ body: (UnsafeMutablePointer<Double>, UnsafePointer<Double>, UnsafeMutablePointer<Double>, Int) -> Void
  ) {
    precondition(
      moment.count == parameters.count,
      "a moment of \(moment.count) numbers for \(parameters.count) parameters")
    moment.withUnsafeMutableBufferPointer { moment in
      guard let moment = moment.baseAddress else { return }
      run(&parameters, gradient) { theta, gradient, count in body(theta, gradient, moment, count) }
    }
  }
}
