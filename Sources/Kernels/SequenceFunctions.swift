import KernelsAVX2
import KernelsAVX512
import KernelsBaseline

/// Elementary functions in double precision of vectors over eight sequences. Same bits on every level; NaN stays NaN.
public enum SequenceFunctions {
  public typealias Vector = SIMD8<Double>

  /// `tanh x` within 8u, u = 2⁻⁵³; odd, signed zero kept.
  public static func hyperbolicTangents(_ values: consuming [Vector], level: CPULevel = .best) -> [Vector] {
    apply(&values) { source, target, count in
      switch level {
      case .baseline: KernelsBaseline.hyperbolicTangents(source, target, count)
      case .avx2: KernelsAVX2.hyperbolicTangents(source, target, count)
      case .avx512: KernelsAVX512.hyperbolicTangents(source, target, count)
      }
    }
    return values
  }

  /// `1/(1 + e⁻ˣ)` within 6u for `|x| ≤ 708`; below −708 it stays under 4·10⁻³⁰⁸.
  public static func logistics(_ values: consuming [Vector], level: CPULevel = .best) -> [Vector] {
    apply(&values) { source, target, count in
      switch level {
      case .baseline: KernelsBaseline.logistics(source, target, count)
      case .avx2: KernelsAVX2.logistics(source, target, count)
      case .avx512: KernelsAVX512.logistics(source, target, count)
      }
    }
    return values
  }

  /// In place: source and target may be equal, and an array that nobody else holds is not copied.
  private static func apply(
    _ values: inout [Vector], _ body: (UnsafePointer<Vector>, UnsafeMutablePointer<Vector>, Int) -> Void
  ) {
    values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      body(base, base, buffer.count)
    }
  }
}
