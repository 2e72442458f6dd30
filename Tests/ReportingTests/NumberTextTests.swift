import Testing

@testable import Reporting

@Suite struct NumberTextTests {
  @Test func significantDigits() {
    #expect(NumberText.significant(0.0123456) == "0.01235")
    #expect(NumberText.significant(12345.6, digits: 3) == "12346")
    #expect(NumberText.significant(-2.50) == "−2.5")
    #expect(NumberText.significant(1e-9) == "10⁻⁹")
    #expect(NumberText.significant(9.8e-6) == "9.8·10⁻⁶")
    #expect(NumberText.significant(6.02e23, digits: 3) == "6.02·10²³")
    #expect(NumberText.significant(0.99999, digits: 3) == "1")
    #expect(NumberText.significant(.nan) == "n/a")
    #expect(NumberText.significant(-.infinity) == "−∞")
    #expect(NumberText.significant(-0.0) == "0")
  }

  @Test func fixedDigitsHaveNoNegativeZero() {
    #expect(NumberText.fixed(-0.001, decimals: 2) == "0.00")
    #expect(NumberText.fixed(-0.126, decimals: 2) == "−0.13")
  }

  @Test func durations() {
    #expect(NumberText.duration(seconds: 42.4) == "42 s")
    #expect(NumberText.duration(seconds: 185) == "3 min 05 s")
    #expect(NumberText.duration(seconds: 7620) == "2 h 07 min")
    #expect(NumberText.duration(seconds: .infinity) == "n/a")
  }
}
