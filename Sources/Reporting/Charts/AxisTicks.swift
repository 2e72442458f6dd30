import Foundation

/// A mark on an axis, in the coordinate of the scale; minor ticks carry no label.
struct AxisTick: Sendable, Hashable {
  let coordinate: Double
  let label: String?
}

/// Tick positions that people read easily: multiples of 1, 2 or 5 times a power of ten, and powers of ten on a
/// logarithmic scale.
enum AxisTicks {
  /// The smallest step of the form {1, 2, 2.5, 5}·10ᵏ that cuts `span` into at most `count` intervals.
  static func step(span: Double, atMost count: Int) -> Double {
    let rough = span / Double(max(1, count))
    let power = Foundation.pow(10, Foundation.log10(rough).rounded(.down))
    // The slack absorbs the rounding of `rough / power`, a few units in the last place of a number below ten.
    for factor in [1, 2, 2.5, 5] where factor * power >= rough * (1 - 1e-12) { return factor * power }
    return 10 * power
  }

  /// Multiples of a step; with `covering` the outermost ones enclose `lower...upper`, otherwise all lie inside.
  static func linear(lower: Double, upper: Double, atMost count: Int, covering: Bool) -> [AxisTick] {
    let step = step(span: upper - lower, atMost: count)
    let slack = 1e-9
    let first = covering ? (lower / step + slack).rounded(.down) : (lower / step - slack).rounded(.up)
    let last = covering ? (upper / step - slack).rounded(.up) : (upper / step + slack).rounded(.down)
    guard last >= first, last - first <= 1000 else { return [] }
    let decimals = decimals(ofStep: step)
    return stride(from: first, through: last, by: 1).map { multiple in
      let value = multiple * step
      return AxisTick(
        coordinate: value,
        label: NumberText.tick(value, decimals: decimals, largest: max(lower.magnitude, upper.magnitude)))
    }
  }

  /// Ticks of a log₁₀ axis whose ends are the exponents `lower` and `upper`.
  ///
  /// From a decade and a half up, powers of ten are labelled (every k-th, so that at most `count` remain) with unlabelled
  /// 2…9 between them while there is room; below, 1-2-5 multiples, or evenly spaced values on a very short axis.
  static func logarithmic(lower: Double, upper: Double, atMost count: Int, covering: Bool) -> [AxisTick] {
    let slack = 1e-9
    let first = covering ? (lower + slack).rounded(.down) : (lower - slack).rounded(.up)
    let last = covering ? (upper - slack).rounded(.up) : (upper + slack).rounded(.down)
    if upper - lower >= 1.5, last > first {
      let stride = max(1, ((last - first) / Double(max(1, count))).rounded(.up))
      let plain = first >= -3 && last <= 4
      var ticks: [AxisTick] = []
      var exponent = first
      while exponent <= last {
        let labelled = exponent.truncatingRemainder(dividingBy: stride) == 0
        ticks.append(AxisTick(coordinate: exponent, label: labelled ? decade(exponent, plain: plain) : nil))
        if stride == 1, upper - lower <= 7 {
          for digit in 2...9 {
            let minor = exponent + Foundation.log10(Double(digit))
            if minor < last { ticks.append(AxisTick(coordinate: minor, label: nil)) }
          }
        }
        exponent += 1
      }
      if !covering {
        ticks += leadingMinors(before: first, from: lower) + trailingMinors(after: last, to: upper)
      }
      return ticks
    }
    return withinDecade(lower: lower, upper: upper, atMost: count, covering: covering)
  }

  private static func leadingMinors(before first: Double, from lower: Double) -> [AxisTick] {
    (2...9).map { first - 1 + Foundation.log10(Double($0)) }.filter { $0 >= lower }
      .map { AxisTick(coordinate: $0, label: nil) }
  }

  private static func trailingMinors(after last: Double, to upper: Double) -> [AxisTick] {
    (2...9).map { last + Foundation.log10(Double($0)) }.filter { $0 <= upper }
      .map { AxisTick(coordinate: $0, label: nil) }
  }

  private static func withinDecade(lower: Double, upper: Double, atMost count: Int, covering: Bool)
    -> [AxisTick]
  {
    var exponents: [Double] = []
    for decade in Int(lower.rounded(.down)) - 1...Int(upper.rounded(.up)) {
      for digit in [1.0, 2, 5] { exponents.append(Double(decade) + Foundation.log10(digit)) }
    }
    let slack = 1e-9
    let inside = exponents.filter { $0 >= lower - slack && $0 <= upper + slack }
    if covering || inside.count >= 2, upper - lower >= 0.25 {
      let below = exponents.last { $0 <= lower + slack }
      let above = exponents.first { $0 >= upper - slack }
      let chosen =
        covering
        ? exponents.filter { $0 >= (below ?? lower) - slack && $0 <= (above ?? upper) + slack } : inside
      return chosen.map {
        AxisTick(coordinate: $0, label: NumberText.significant(Foundation.pow(10, $0), digits: 3))
      }
    }
    // A very short logarithmic axis is nearly uniform in the value itself.
    let low = Foundation.pow(10, lower)
    let high = Foundation.pow(10, upper)
    guard low.isNormal, high.isFinite, high > low else { return [] }
    return linear(lower: low, upper: high, atMost: count, covering: covering).compactMap { tick in
      tick.coordinate > 0
        ? AxisTick(coordinate: Foundation.log10(tick.coordinate), label: tick.label) : nil
    }
  }

  private static func decade(_ exponent: Double, plain: Bool) -> String {
    if plain { return NumberText.significant(Foundation.pow(10, exponent), digits: 1) }
    return "10" + NumberText.superscript(Int(exponent))
  }

  /// Digits after the point that a multiple of `step` needs.
  static func decimals(ofStep step: Double) -> Int {
    let exponent = Foundation.log10(step).rounded(.down)
    let leading = step / Foundation.pow(10, exponent)
    let extra = (leading - leading.rounded()).magnitude > 1e-6 ? 1 : 0
    return max(0, Int(-exponent) + extra)
  }
}
