#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// Copies every `stride`-th vector of eight sequences, the first four to one column and the others to another. The vector after
/// each is fetched into the cache: it is wanted for the next part.
@inline(never)
public func splitColumn(
  _ source: UnsafePointer<SIMD8<Double>>, _ stride: Int, _ steps: Int, _ low: LagPlan.Sums,
  _ high: LagPlan.Sums
) {
  var ahead = Prefetch(address: source + 1, stride: stride &* MemoryLayout<SIMD8<Double>>.stride)
  var step = 0
  while step < steps {
    ahead.step()
    let vector = source[step &* stride]
    low[step] = vector.lowHalf
    high[step] = vector.highHalf
    step &+= 1
  }
}
