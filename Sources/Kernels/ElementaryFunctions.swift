import KernelsAVX2
import KernelsAVX512
import KernelsBaseline

/// Vectorised elementary functions, the ones inside the fused network. Same bits on every level.
public enum ElementaryFunction: Int, Sendable, CaseIterable {
  /// `eˣ`, whole range, gradual underflow included: within 1.1 ulp (0.6 ulp more where the result is subnormal).
  case exponential
  /// `1/(1+e⁻ˣ)`: within 3 ulp for `|x| ≤ 87`; below −87 the value stays at that of −87 (under 2·10⁻³⁸).
  case logistic
  /// `tanh x`: within 3 ulp everywhere, odd, signed zero kept.
  case hyperbolicTangent
  /// `log x` of positive normal numbers: within 2 ulp. Other arguments give meaningless numbers.
  case logarithm
  /// `sin(πx/4)` for `0 ≤ x ≤ 1`: within 2 ulp.
  case sineOfEighth
  /// `cos(πx/4)` for `0 ≤ x ≤ 1`: within 2 ulp.
  case cosineOfEighth

  /// The function of every element; NaN gives NaN in the first three. O(n).
  ///
  /// - Throws: `KernelError.unsupportedLevel`.
  public func callAsFunction(_ values: [Float], level: CPULevel = .best) throws -> [Float] {
    guard CPULevel.supported.contains(level) else {
      throw KernelError.unsupportedLevel(level, supported: CPULevel.supported)
    }
    // As in ``KeyedNormals/fill(key:index:count:level:)``.
    guard !values.isEmpty else { return [] }
    return values.withUnsafeBufferPointer { source in
      [Float](unsafeUninitializedCapacity: source.count) { target, count in
        count = source.count
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        switch level {
        case .baseline: KernelsBaseline.evaluateElementary(rawValue, from, to, source.count)
        case .avx2: KernelsAVX2.evaluateElementary(rawValue, from, to, source.count)
        case .avx512: KernelsAVX512.evaluateElementary(rawValue, from, to, source.count)
        }
      }
    }
  }
}
