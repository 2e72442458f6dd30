import KernelsAVX2
import KernelsAVX512
import KernelsBaseline

/// Elementary functions in double precision of vectors over eight sequences. Same bits on every level; NaN stays NaN.
public enum SequenceFunctions {
  public typealias Vector = SIMD8<Double>

  /// `tanh x` within 8u, u = 2⁻⁵³; odd, signed zero kept.
  public static func hyperbolicTangents(_ values: [Vector], level: CPULevel = .best) -> [Vector] {
    apply(values) { source, target, count in
      switch level {
      case .baseline: KernelsBaseline.hyperbolicTangents(source, target, count)
      case .avx2: KernelsAVX2.hyperbolicTangents(source, target, count)
      case .avx512: KernelsAVX512.hyperbolicTangents(source, target, count)
      }
    }
  }

  /// `1/(1 + e⁻ˣ)` within 6u for `|x| ≤ 708`; below −708 it stays under 4·10⁻³⁰⁸.
  public static func logistics(_ values: [Vector], level: CPULevel = .best) -> [Vector] {
    apply(values) { source, target, count in
      switch level {
      case .baseline: KernelsBaseline.logistics(source, target, count)
      case .avx2: KernelsAVX2.logistics(source, target, count)
      case .avx512: KernelsAVX512.logistics(source, target, count)
      }
    }
  }

  private static func apply(
    _ values: [Vector], _ body: (UnsafePointer<Vector>, UnsafeMutablePointer<Vector>, Int) -> Void
  ) -> [Vector] {
    values.withUnsafeBufferPointer { source in
      [Vector](unsafeUninitializedCapacity: source.count) { target, count in
        count = source.count
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        body(from, to, source.count)
      }
    }
  }
}
