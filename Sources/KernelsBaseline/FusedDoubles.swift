#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// Eight doubles: one register on AVX-512, two on AVX2, four otherwise.
typealias Doubles = SIMD8<Double>
/// Four doubles: one register from AVX2 on, two otherwise.
typealias FourDoubles = SIMD4<Double>

// `a·b + c` with one rounding: an instruction from AVX2 on; without it a call for each lane, exact and slow.

@inline(__always)
func fused(_ a: Doubles, _ b: Doubles, _ c: Doubles) -> Doubles { c.addingProduct(a, b) }

@inline(__always)
func fused(_ a: FourDoubles, _ b: FourDoubles, _ c: FourDoubles) -> FourDoubles { c.addingProduct(a, b) }
