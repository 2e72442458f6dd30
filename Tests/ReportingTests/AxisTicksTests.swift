import Testing

@testable import Reporting

@Suite struct AxisTicksTests {
  /// Ranges across magnitudes, signs and offsets, from a fixed arithmetic progression of exponents.
  static let ranges: [(Double, Double)] = {
    var ranges: [(Double, Double)] = [
      (0, 1), (4, 256), (-3, 17), (0.1, 0.3), (1e6, 1e6 + 1), (-1e-12, 1e-12), (5, 5.0000001),
    ]
    for exponent in stride(from: -250.0, through: 250, by: 37) {
      let scale = Double(sign: .plus, exponent: Int(exponent * 3.3), significand: 1.37)
      ranges += [(0, scale), (-scale, scale * 0.21), (scale * 0.93, scale)]
    }
    return ranges
  }()

  /// Ticks that cover reach to the data's ends and beyond, by less than one step on either side.
  @Test(arguments: ranges) func coveringTicksEncloseTheData(_ range: (Double, Double)) throws {
    for count in 2...9 {
      let ticks = AxisTicks.linear(lower: range.0, upper: range.1, atMost: count, covering: true)
      let first = try #require(ticks.first).coordinate
      let last = try #require(ticks.last).coordinate
      let step = AxisTicks.step(span: range.1 - range.0, atMost: count)
      // Positions are multiples of the step, rounded once, and the search for them allows 1e-9 of a step.
      let slack = step * 1e-8 + max(range.0.magnitude, range.1.magnitude) * 1e-15
      #expect(first <= range.0 + slack && first > range.0 - step - slack)
      #expect(last >= range.1 - slack && last < range.1 + step + slack)
      #expect(ticks.count >= 2 && ticks.count <= count + 2)
    }
  }

  /// Ticks within the data never leave it.
  @Test(arguments: ranges) func innerTicksStayInside(_ range: (Double, Double)) {
    let ticks = AxisTicks.linear(lower: range.0, upper: range.1, atMost: 6, covering: false)
    let slack = (range.1 - range.0) * 1e-8 + max(range.0.magnitude, range.1.magnitude) * 1e-15
    #expect(ticks.allSatisfy { $0.coordinate >= range.0 - slack && $0.coordinate <= range.1 + slack })
    #expect(ticks.count >= 2)
  }

  /// Labels tell neighbouring ticks apart.
  @Test(arguments: ranges) func labelsAreDistinct(_ range: (Double, Double)) {
    let labels = AxisTicks.linear(lower: range.0, upper: range.1, atMost: 7, covering: true)
      .compactMap(\.label)
    #expect(Set(labels).count == labels.count, "\(labels)")
  }

  /// The step is 1, 2, 2.5 or 5 times a power of ten and cuts the span into at most the count asked for.
  @Test func stepsAreRound() {
    #expect(AxisTicks.step(span: 10, atMost: 5) == 2)
    #expect(AxisTicks.step(span: 252, atMost: 6) == 50)
    #expect(AxisTicks.step(span: 1, atMost: 4) == 0.25)
    #expect(AxisTicks.step(span: 0.3, atMost: 3) == 0.1)
    #expect(AxisTicks.step(span: 7e9, atMost: 7) == 1e9)
  }

  @Test func linearLabelsAreWhatPeopleWrite() {
    let ticks = AxisTicks.linear(lower: -0.2, upper: 0.4, atMost: 6, covering: true)
    #expect(ticks.compactMap(\.label) == ["−0.2", "−0.1", "0", "0.1", "0.2", "0.3", "0.4"])
  }

  /// Over decades the labels are powers of ten, thinned to the count asked for.
  @Test func decadesAreLabelled() {
    let few = AxisTicks.logarithmic(lower: -2, upper: 2, atMost: 6, covering: true)
    #expect(few.compactMap(\.label) == ["0.01", "0.1", "1", "10", "100"])
    let many = AxisTicks.logarithmic(lower: -30, upper: 0, atMost: 5, covering: true)
    #expect(many.compactMap(\.label) == ["10⁻³⁰", "10⁻²⁴", "10⁻¹⁸", "10⁻¹²", "10⁻⁶", "10⁰"])
  }

  /// Within a decade a log axis still has at least two labels, which enclose the data when asked to.
  @Test(arguments: [(0.0, 0.9), (0.02, 0.04), (2.5, 3.4), (-300.0, -299.6), (-0.001, 0.0)])
  func shortLogAxesAreLabelled(_ range: (Double, Double)) throws {
    let ticks = AxisTicks.logarithmic(lower: range.0, upper: range.1, atMost: 6, covering: true)
      .filter { $0.label != nil }
    #expect(ticks.count >= 2)
    #expect(try #require(ticks.map(\.coordinate).min()) <= range.0 + 1e-8)
    #expect(try #require(ticks.map(\.coordinate).max()) >= range.1 - 1e-8)
  }
}
