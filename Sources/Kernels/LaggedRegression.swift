import Dispatch
import KernelsAVX2
import KernelsAVX512
import KernelsBaseline

/// Sequences of normal inputs `x_t` with targets `y_t = Σ_k c_k u·x_{t−ℓ_k} + σ ε_t`, written straight into one array.
///
/// Inputs of sequence n are ``KeyedNormals`` of `(inputKey, n)`, row t holding positions `tD ..< (t+1)D`; `ε` are those of
/// `(noiseKey, n)`. Targets are summed in double precision from the rounded inputs. Same bits on every level.
public struct LaggedRegression: Sendable {
  let inputKey: SIMD2<UInt32>
  let noiseKey: SIMD2<UInt32>
  let steps: Int
  let direction: [Double]
  let lags: [Int]
  let coefficients: [Double]
  let noise: Double

  /// - Precondition: `steps ≥ 1`, lags are in `1 ..< steps`, and each has a coefficient.
  public init(
    inputKey: SIMD2<UInt32>, noiseKey: SIMD2<UInt32>, steps: Int, direction: [Double], lags: [Int],
    coefficients: [Double], noise: Double
  ) {
    precondition(
      steps >= 1 && !direction.isEmpty, "\(steps) steps of \(direction.count) inputs are no sequence")
    precondition(lags.count == coefficients.count, "\(lags.count) lags, \(coefficients.count) coefficients")
    precondition(
      lags.allSatisfy { (1..<max(2, steps)).contains($0) }, "lags \(lags) are outside 1..<\(steps)")
    self.inputKey = inputKey
    self.noiseKey = noiseKey
    self.steps = steps
    self.direction = direction
    self.lags = lags
    self.coefficients = coefficients
    self.noise = noise
  }

  /// The sequences with the given numbers: `count × steps × D` inputs and `count × steps` targets. Uses all cores.
  public func sequences(_ indices: [UInt64], level: CPULevel = .best) -> (inputs: [Float], targets: [Float]) {
    let width = steps * direction.count
    var targets: [Float] = []
    let inputs = [Float](unsafeUninitializedCapacity: indices.count * width) { inputs, filledInputs in
      filledInputs = indices.count * width
      targets = [Float](unsafeUninitializedCapacity: indices.count * steps) { targets, filledTargets in
        filledTargets = indices.count * steps
        guard let first = inputs.baseAddress, let second = targets.baseAddress else { return }
        let place = Destination(inputs: first, targets: second)
        DispatchQueue.concurrentPerform(iterations: indices.count) { position in
          write(
            indices[position], inputs: place.inputs + position * width,
            targets: place.targets + position * steps, level)
        }
      }
    }
    return (inputs, targets)
  }

  private func write(
    _ index: UInt64, inputs: UnsafeMutablePointer<Float>, targets: UnsafeMutablePointer<Float>,
    _ level: CPULevel
  ) {
    KeyedNormals.fill(inputKey, index, inputs, steps * direction.count, level)
    KeyedNormals.fill(noiseKey, index, targets, steps, level)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * steps) { scratch in
      guard let projections = scratch.baseAddress else { return }
      let sums = projections + steps
      direction.withUnsafeBufferPointer { direction in
        guard let base = direction.baseAddress else { return }
        switch level {
        case .baseline: KernelsBaseline.projectRows(inputs, steps, direction.count, base, projections)
        case .avx2: KernelsAVX2.projectRows(inputs, steps, direction.count, base, projections)
        case .avx512: KernelsAVX512.projectRows(inputs, steps, direction.count, base, projections)
        }
      }
      for time in 0..<steps { sums[time] = noise * Double(targets[time]) }
      for (lag, coefficient) in zip(lags, coefficients) {
        switch level {
        case .baseline: KernelsBaseline.addLagged(projections, coefficient, lag, sums, steps)
        case .avx2: KernelsAVX2.addLagged(projections, coefficient, lag, sums, steps)
        case .avx512: KernelsAVX512.addLagged(projections, coefficient, lag, sums, steps)
        }
      }
      for time in 0..<steps { targets[time] = Float(sums[time]) }
    }
  }

  /// Unchecked: every job writes to its own sequence's part alone.
  private struct Destination: @unchecked Sendable {
    let inputs: UnsafeMutablePointer<Float>
    let targets: UnsafeMutablePointer<Float>
  }
}
