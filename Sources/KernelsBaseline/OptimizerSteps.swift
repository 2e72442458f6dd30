#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

// Every lane does what the scalar tail does, in the same order and without fused products, so that a parameter's new
// value depends neither on its place in the vector nor on the level.

@inline(__always) private func load(_ pointer: UnsafePointer<Double>) -> Doubles {
  UnsafeRawPointer(pointer).loadUnaligned(as: Doubles.self)
}

@inline(__always) private func load(_ pointer: UnsafeMutablePointer<Double>) -> Doubles {
  UnsafeRawPointer(pointer).loadUnaligned(as: Doubles.self)
}

@inline(__always) private func store(_ value: Doubles, _ pointer: UnsafeMutablePointer<Double>) {
  UnsafeMutableRawPointer(pointer).storeBytes(of: value, as: Doubles.self)
}

/// `Σ v²`, over sixteen strands that are added pairwise, then the tail in order.
@inline(never)
public func sumOfSquares(_ values: UnsafePointer<Double>, _ count: Int) -> Double {
  var first = Doubles(repeating: 0)
  var second = Doubles(repeating: 0)
  var at = 0
  while at + 16 <= count {
    let low = load(values + at)
    let high = load(values + at + 8)
    first += low * low
    second += high * high
    at += 16
  }
  let eight = first + second
  let four = eight.lowHalf + eight.highHalf
  let two = four.lowHalf + four.highHalf
  var sum = two[0] + two[1]
  while at < count {
    sum += values[at] * values[at]
    at += 1
  }
  return sum
}

/// `θ ← θ − μ s g`.
@inline(never)
public func sgdStep(
  _ parameters: UnsafeMutablePointer<Double>, _ gradient: UnsafePointer<Double>, _ count: Int,
  _ learningRate: Double, _ scale: Double
) {
  var at = 0
  while at + 8 <= count {
    store(load(parameters + at) - learningRate * (scale * load(gradient + at)), parameters + at)
    at += 8
  }
  while at < count {
    parameters[at] -= learningRate * (scale * gradient[at])
    at += 1
  }
}

/// `m ← β m + s g`, `θ ← θ − μ m`.
@inline(never)
public func momentumStep(
  _ parameters: UnsafeMutablePointer<Double>, _ gradient: UnsafePointer<Double>,
  _ mean: UnsafeMutablePointer<Double>, _ count: Int, _ learningRate: Double, _ scale: Double,
  _ decay: Double
) {
  var at = 0
  while at + 8 <= count {
    let next = decay * load(mean + at) + scale * load(gradient + at)
    store(next, mean + at)
    store(load(parameters + at) - learningRate * next, parameters + at)
    at += 8
  }
  while at < count {
    let next = decay * mean[at] + scale * gradient[at]
    mean[at] = next
    parameters[at] -= learningRate * next
    at += 1
  }
}

/// `v ← ρ v + (1 − ρ)(s g)²`, `θ ← θ − μ s g / (√v + ε)`.
@inline(never)
public func rmspropStep(
  _ parameters: UnsafeMutablePointer<Double>, _ gradient: UnsafePointer<Double>,
  _ square: UnsafeMutablePointer<Double>, _ count: Int, _ learningRate: Double, _ scale: Double,
  _ decay: Double, _ epsilon: Double
) {
  let rest = 1 - decay
  var at = 0
  while at + 8 <= count {
    let g = scale * load(gradient + at)
    let next = decay * load(square + at) + rest * g * g
    store(next, square + at)
    store(load(parameters + at) - learningRate * g / (next.squareRoot() + epsilon), parameters + at)
    at += 8
  }
  while at < count {
    let g = scale * gradient[at]
    let next = decay * square[at] + rest * g * g
    square[at] = next
    parameters[at] -= learningRate * g / (next.squareRoot() + epsilon)
    at += 1
  }
}

/// `m ← β₁ m + (1 − β₁) s g`, `v ← β₂ v + (1 − β₂)(s g)²`, `θ ← θ − μ (w θ + m̂/(√v̂ + ε))`.
@inline(never)
public func adamWStep(
  _ parameters: UnsafeMutablePointer<Double>, _ gradient: UnsafePointer<Double>,
  _ mean: UnsafeMutablePointer<Double>, _ square: UnsafeMutablePointer<Double>, _ count: Int,
  _ constants: UnsafePointer<AdamWConstants>
) {
  let k = constants.pointee
  let firstRest = 1 - k.firstDecay
  let secondRest = 1 - k.secondDecay
  var at = 0
  while at + 8 <= count {
    let g = k.scale * load(gradient + at)
    let m = k.firstDecay * load(mean + at) + firstRest * g
    let v = k.secondDecay * load(square + at) + secondRest * g * g
    store(m, mean + at)
    store(v, square + at)
    let theta = load(parameters + at)
    let direction = m * k.firstCorrection / ((v * k.secondCorrection).squareRoot() + k.epsilon)
    store(theta - k.learningRate * (k.weightDecay * theta + direction), parameters + at)
    at += 8
  }
  while at < count {
    let g = k.scale * gradient[at]
    let m = k.firstDecay * mean[at] + firstRest * g
    let v = k.secondDecay * square[at] + secondRest * g * g
    mean[at] = m
    square[at] = v
    let theta = parameters[at]
    let direction = m * k.firstCorrection / ((v * k.secondCorrection).squareRoot() + k.epsilon)
    parameters[at] = theta - k.learningRate * (k.weightDecay * theta + direction)
    at += 1
  }
}
