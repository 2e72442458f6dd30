#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// The elementary functions of the tile kernels, for tests and for plain vectors.
public enum ElementaryCode {
  public static var exponential: Int { 0 }
  public static var logistic: Int { 1 }
  public static var hyperbolicTangent: Int { 2 }
  public static var logarithm: Int { 3 }
  public static var sineOfEighth: Int { 4 }
  public static var cosineOfEighth: Int { 5 }
}

/// Applies function `code` to `count` floats; the tail is padded with zeros. Source and target may be equal.
@inline(never)
public func evaluateElementary(
  _ code: Int, _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int
) {
  var at = 0
  while at + 16 <= count {
    store(evaluate(code, load(source + at)), target + at)
    at += 16
  }
  if at < count {
    var buffer = spread(0)
    var index = 0
    while at + index < count {
      buffer[index] = source[at + index]
      index += 1
    }
    buffer = evaluate(code, buffer)
    index = 0
    while at + index < count {
      target[at + index] = buffer[index]
      index += 1
    }
  }
}

@inline(__always)
func evaluate(_ code: Int, _ value: Lanes) -> Lanes {
  switch code {
  case 0: exponential(value)
  case 1: logistic(value)
  case 2: hyperbolicTangent(value)
  case 3: logarithm(value)
  case 4: sineOfEighth(value)
  default: cosineOfEighth(value)
  }
}
