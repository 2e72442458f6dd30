#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// Sum of `term(row)` over rows, in four interleaved partial sums.
@inline(__always)
func sumOverRows(_ rows: Int, _ term: (_ row: Int) -> Lanes) -> Lanes {
  var s0 = spread(0)
  var s1 = s0
  var s2 = s0
  var s3 = s0
  var row = 0
  while row + 4 <= rows {
    s0 += term(row)
    s1 += term(row + 1)
    s2 += term(row + 2)
    s3 += term(row + 3)
    row += 4
  }
  while row < rows {
    s0 += term(row)
    row += 1
  }
  return (s0 + s1) + (s2 + s3)
}

/// Layer norm of the candidate over its `hidden` rows, sequence by sequence:
/// `normalised = (p - mean) / √(variance + 10⁻⁵)`, biased variance; `p` becomes `gain·normalised + shift`.
@inline(never)
func layerNormForward(
  rows: Int, lanes: Int, preActivation p: UnsafeMutablePointer<Float>,
  normalised: UnsafeMutablePointer<Float>, inverseDeviation: UnsafeMutablePointer<Float>,
  gain: UnsafePointer<Float>, shift: UnsafePointer<Float>
) {
  let scale = spread(1 / Float(rows))
  var lane = 0
  while lane < lanes {
    let column = p + lane
    let mean = sumOverRows(rows) { load(column + $0 * lanes) } * scale
    let variance =
      sumOverRows(rows) {
        let centred = load(column + $0 * lanes) - mean
        return centred * centred
      } * scale
    let inverse = spread(1) / (variance + spread(1e-5)).squareRoot()
    store(inverse, inverseDeviation + lane)
    var row = 0
    while row < rows {
      let at = row * lanes + lane
      let value = (load(p + at) - mean) * inverse
      store(value, normalised + at)
      store(fused(value, spread(gain[row]), spread(shift[row])), p + at)
      row += 1
    }
    lane += 16
  }
}

/// Turns the gradient `q` of the layer norm's output into that of its input, in place, and adds to the
/// per-lane sums of the gradients of gain and shift.
@inline(never)
func layerNormBackward(
  rows: Int, lanes: Int, gradient q: UnsafeMutablePointer<Float>,
  normalised: UnsafePointer<Float>, inverseDeviation: UnsafePointer<Float>,
  gain: UnsafePointer<Float>, gainSum: UnsafeMutablePointer<Float>, shiftSum: UnsafeMutablePointer<Float>
) {
  let scale = spread(1 / Float(rows))
  var lane = 0
  while lane < lanes {
    var row = 0
    // Two chains each, so that additions of neighbouring rows overlap.
    var sumEven = spread(0)
    var sumOdd = spread(0)
    var projectionEven = spread(0)
    var projectionOdd = spread(0)
    while row < rows {
      let at = row * lanes + lane
      let incoming = load(q + at)
      let value = load(normalised + at)
      store(fused(incoming, value, load(gainSum + at)), gainSum + at)
      store(incoming + load(shiftSum + at), shiftSum + at)
      let inner = incoming * spread(gain[row])
      store(inner, q + at)
      swap(&sumEven, &sumOdd)
      swap(&projectionEven, &projectionOdd)
      sumEven += inner
      projectionEven = fused(inner, value, projectionEven)
      row += 1
    }
    let mean = (sumEven + sumOdd) * scale
    let projection = (projectionEven + projectionOdd) * scale
    let inverse = load(inverseDeviation + lane)
    row = 0
    while row < rows {
      let at = row * lanes + lane
      let rest = load(q + at) - mean
      store((rest - load(normalised + at) * projection) * inverse, q + at)
      row += 1
    }
    lane += 16
  }
}
