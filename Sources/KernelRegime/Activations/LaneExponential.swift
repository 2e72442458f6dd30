/// e^y for eight numbers, kept as a scaled ratio so that tanh and the logistic need a single division.
///
/// y = k·ln 2 + r with |r| ≤ ½ ln 2, and e^r = (E + O)/(E − O), the [6/6] Padé approximant with even part E and odd
/// part O. The approximant's relative error is (6!)²/(12!·13!)·r¹³ < 2·10⁻¹⁹, below rounding. Domain |y| ≤ 700.
struct LaneExponential {
  /// 2^k.
  let scale: NeuronLanes
  let even: NeuronLanes
  let odd: NeuronLanes

  /// Adding this leaves k + 1023 in the low bits of the sum: 1.5·2⁵² puts the unit in the last place at one.
  @inline(__always) private static var shifter: Double { 0x1.8p52 + 1023 }
  // ln 2 split so that k times the first part is exact: 33 significant bits against |k| < 2¹¹.
  @inline(__always) private static var ln2High: Double { 0x1.62e42fefp-1 }
  @inline(__always) private static var ln2Low: Double { 0x1.473de6af278edp-34 }

  @inline(__always) init(_ y: NeuronLanes) {
    let shifted = y * 1.4426950408889634 + Self.shifter
    let k = shifted - Self.shifter
    let r = (y - k * Self.ln2High) - k * Self.ln2Low
    let square = r * r
    even = ((square + 840) * square + 75_600) * square + 665_280
    odd = ((square * 42 + 10_080) * square + 332_640) * r
    var power = NeuronLanes()
    for lane in 0..<8 { power[lane] = Double(bitPattern: shifted[lane].bitPattern &<< 52) }
    scale = power
  }
}

extension SIMD8<Double> {
  /// Each lane moved into the interval; not-a-number stays, where `pointwiseMin` and `pointwiseMax` would lose it.
  @inline(__always) func limited(from lower: Double, to upper: Double) -> Self {
    replacing(with: upper, where: self .> upper).replacing(with: lower, where: self .< lower)
  }
}
