import Foundation

/// Integers of a closed range; shrink towards zero, or the bound nearest to it.
public func integers(in bounds: ClosedRange<Int>, spread: Spread = .mixed) -> Generator<Int> {
  Generator { draw in try draw.integer(in: bounds, spread: spread) }
}

/// Integers of a half-open range.
/// - Throws: on drawing, ``GeneratorError/emptyRange(_:)`` when the range is empty.
public func integers(in bounds: Range<Int>, spread: Spread = .mixed) -> Generator<Int> {
  Generator { draw in
    guard !bounds.isEmpty else { throw GeneratorError.emptyRange("integers(in: \(bounds))") }
    return try draw.integer(in: bounds.lowerBound...(bounds.upperBound - 1), spread: spread)
  }
}

/// All integers of a fixed-width type whose values fit `Int`.
public func integers<Value: FixedWidthInteger & Sendable>(as type: Value.Type) -> Generator<Value> {
  Generator { draw in
    let lower = Int(clamping: Value.min)
    let upper = Int(clamping: Value.max)
    return Value(truncatingIfNeeded: try draw.integer(in: lower...upper))
  }
}

/// Reals of a closed range; shrink to whole numbers, then short fractions, of small magnitude.
///
/// - Parameters:
///   - bounds: The range; infinite bounds on both sides admit infinities and not-a-number.
///   - spread: `.mixed` blends uniform, log-uniform and special values; `.uniform` follows the uniform law exactly.
///   - allowsSubnormal: Whether values below the least normal magnitude may occur; otherwise they become zero, or
///     are refused if zero is outside the range.
public func reals(
  in bounds: ClosedRange<Double>, spread: Spread = .mixed, allowsSubnormal: Bool = true
) -> Generator<Double> {
  if allowsSubnormal { return Generator { draw in try draw.real(in: bounds, spread: spread) } }
  return Generator { draw in
    let value = try draw.real(in: bounds, spread: spread)
    guard value.isSubnormal else { return value }
    guard bounds.contains(0) else { throw Rejection("reals: only subnormal value drawn") }
    return 0
  }
}

/// Reals between two bounds given as numbers, checked when drawn.
/// - Throws: on drawing, ``GeneratorError/emptyRange(_:)`` when the bounds are not ordered or not numbers.
public func reals(from lower: Double, to upper: Double, spread: Spread = .mixed) -> Generator<Double> {
  Generator { draw in
    guard lower <= upper else { throw GeneratorError.emptyRange("reals(from: \(lower), to: \(upper))") }
    return try draw.real(in: lower...upper, spread: spread)
  }
}

/// Every `Double`: all magnitudes, zeros of both signs, subnormals, infinities and not-a-number.
public func anyReals() -> Generator<Double> {
  Generator { draw in try draw.real(in: -Double.infinity...Double.infinity) }
}

/// Single-precision reals of a closed range.
public func floats(in bounds: ClosedRange<Float>, spread: Spread = .mixed) -> Generator<Float> {
  Generator { draw in
    let value = try draw.real(in: Double(bounds.lowerBound)...Double(bounds.upperBound), spread: spread)
    return min(max(Float(value), bounds.lowerBound), bounds.upperBound)
  }
}

/// Reals whose logarithm is uniform between the logarithms of two positive bounds: scales, rates, sizes.
/// - Throws: on drawing, ``GeneratorError/emptyRange(_:)`` unless `0 < lower <= upper < ∞`.
public func magnitudes(in bounds: ClosedRange<Double>) -> Generator<Double> {
  Generator { draw in
    let lower = bounds.lowerBound
    let upper = bounds.upperBound
    guard lower > 0, upper < .infinity else {
      throw GeneratorError.emptyRange("magnitudes(in: \(bounds)), which allows positive finite bounds only,")
    }
    let logarithms = (log(lower), log(upper))
    return try draw.real(in: bounds) { random in
      exp(logarithms.0 + random.unit() * (logarithms.1 - logarithms.0))
    }
  }
}
