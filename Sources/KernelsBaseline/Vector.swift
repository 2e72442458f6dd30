#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// Sixteen sequences of one unit. One register on AVX-512, two on AVX2, four otherwise; the values are
/// the same on all three, because every operation used here is correctly rounded.
typealias Lanes = SIMD16<Float>
typealias LaneBits = SIMD16<UInt32>

@inline(__always) func load(_ pointer: UnsafePointer<Float>) -> Lanes {
  UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
}

@inline(__always) func load(_ pointer: UnsafeMutablePointer<Float>) -> Lanes {
  UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
}

@inline(__always) func store(_ value: Lanes, _ pointer: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(pointer).storeBytes(of: value, as: Lanes.self)
}

@inline(__always) func spread(_ value: Float) -> Lanes { Lanes(repeating: value) }

@inline(__always) func bits(_ value: Lanes) -> LaneBits { unsafeBitCast(value, to: LaneBits.self) }

@inline(__always) func lanes(_ value: LaneBits) -> Lanes { unsafeBitCast(value, to: Lanes.self) }

/// `a·b + c` with one rounding, on every level.
@inline(__always) func fused(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
  #if LEVEL_AVX512 || LEVEL_AVX2 || arch(arm64)
    c.addingProduct(a, b)
  #else
    Lanes(
      lowHalf: SIMD8(
        lowHalf: fusedInDouble(a.lowHalf.lowHalf, b.lowHalf.lowHalf, c.lowHalf.lowHalf),
        highHalf: fusedInDouble(a.lowHalf.highHalf, b.lowHalf.highHalf, c.lowHalf.highHalf)),
      highHalf: SIMD8(
        lowHalf: fusedInDouble(a.highHalf.lowHalf, b.highHalf.lowHalf, c.highHalf.lowHalf),
        highHalf: fusedInDouble(a.highHalf.highHalf, b.highHalf.highHalf, c.highHalf.highHalf)))
  #endif
}

#if !(LEVEL_AVX512 || LEVEL_AVX2 || arch(arm64))
  /// The fused product without the instruction. The product of two floats is exact in Double; the sum is
  /// rounded to odd (truncated, last bit set when anything was lost), and rounding an odd-rounded 53-bit
  /// value to 24 bits gives the correctly rounded result (Boldo & Melquiond 2008, theorem 1).
  @inline(__always) func fusedInDouble(_ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>) -> SIMD4<
    Float
  > {
    let product = widen(a) * widen(b)
    let addend = widen(c)
    let sum = product + addend
    let seen = sum - product
    let lost = (product - (sum - seen)) + (addend - seen)
    // A NaN in `lost` (infinite operands) compares false everywhere and leaves the sum alone.
    let zero = SIMD4<Double>(repeating: 0)
    let inexact = (lost .> zero) .| (lost .< zero)
    let overshoot = inexact .& ((lost .> zero) .!= (sum .> zero))
    var pattern = unsafeBitCast(sum, to: SIMD4<UInt64>.self)
    pattern.replace(with: pattern &- 1, where: overshoot)
    pattern.replace(with: pattern | 1, where: inexact)
    let odd = unsafeBitCast(pattern, to: SIMD4<Double>.self)
    return SIMD4(Float(odd[0]), Float(odd[1]), Float(odd[2]), Float(odd[3]))
  }

  @inline(__always) func widen(_ value: SIMD4<Float>) -> SIMD4<Double> {
    SIMD4(Double(value[0]), Double(value[1]), Double(value[2]), Double(value[3]))
  }
#endif
