import Foundation
import Testing

@testable import StableLaws

/// The published code's quantile estimator on a sample whose order statistics are quantiles of the law.
@Suite struct AuthorEstimatorsTests {
  /// 4001 values, the (i + 1)-th being σ times the quantile of i/4000: those of 1/20, 1/4, 3/4 and 19/20 are among them.
  private static func ideal(_ tailIndex: Double, scale: Double) throws -> [Double] {
    let law = try SymmetricStableLaw(tailIndex: tailIndex, scale: scale)
    let upper = try (1...1999).map { try law.upperQuantile(Double($0) / 4000) }
    let end = 2 * upper[0]
    return [-end] + upper.map { -$0 } + [0] + upper.reversed() + [end]
  }

  /// With exact quantiles the indices of its grid, multiples of 1/200, come back with the scale. Quantiles are good to some
  /// 1e-15; the code adds 1e-12 to ranges of at least 5.7; the ratio of ranges changes by at least 0.7 a unit of α.
  @Test(arguments: [1.05, 1.25, 1.5, 1.75, 1.95]) func exactTableInvertsTheQuantiles(tailIndex: Double) throws
  {
    let fit = try AuthorQuantileEstimator().fit(Self.ideal(tailIndex, scale: 3))
    #expect(abs(fit.tailIndex - tailIndex) <= 1e-10)
    #expect(abs(fit.scale - 3) <= 1e-9)
  }

  /// With the fallback table a normal sample, of ratio q(0.95)/q(0.75) = 2.4387, falls between its rows for 1.7 and 1.6 (2.330
  /// and 2.545), and gets the linear interpolation between them for index and range.
  @Test func fallbackTableMisreadsNormalSamples() throws {
    let fit = try AuthorQuantileEstimator(table: .fallback).fit(Self.ideal(2, scale: 1))
    let law = try SymmetricStableLaw(tailIndex: 2)
    let (outer, quartile) = (try law.upperQuantile(0.05), try law.upperQuantile(0.25))
    let fraction = (outer / quartile - 2.330) / (2.545 - 2.330)
    #expect(abs(fit.tailIndex - (1.7 - 0.1 * fraction)) <= 1e-10)
    #expect(abs(fit.scale - 2 * quartile / (1.556 + fraction * (1.662 - 1.556))) <= 1e-10)
  }
}
