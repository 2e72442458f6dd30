import LearnabilityWindow
import Testing

@Suite struct LinearFitTests {
  /// Through (0, 0), (1, 2), (2, 1), (3, 3): S_xx = S_yy = 5 and S_xy = 4, so slope 4/5, intercept 3/10 and R² = 16/25. Each is
  /// a quotient or a sum of a dozen numbers of order one: 30 roundings.
  @Test func figuresOfFourPoints() throws {
    let fit = try #require(LinearFit([0, 1, 2, 3], [0, 2, 1, 3]))
    let bound = 30 * 0x1p-53
    #expect(abs(fit.slope - 0.8) <= bound)
    #expect(abs(fit.intercept - 0.3) <= bound)
    #expect(abs(fit.r2 - 0.64) <= bound)
    #expect(fit.count == 4)
  }

  /// Points that are not finite do not count, and one abscissa gives no line; equal ordinates are fitted exactly.
  @Test func edges() throws {
    #expect(LinearFit([1, 1, 2], [0, 5, .infinity]) == nil)
    let level = try #require(LinearFit([1, 2, 3, .nan], [4, 4, 4, 0]))
    #expect(level == LinearFit(intercept: 4, slope: 0, r2: 1, count: 3))
  }
}
