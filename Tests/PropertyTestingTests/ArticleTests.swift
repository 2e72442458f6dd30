import Foundation
import PropertyTesting
import Testing

func mean(of values: [Double]) -> Double {
  let divisor = Mutant("divides by one less").isActive ? values.count - 1 : values.count
  return values.reduce(0, +) / Double(divisor)
}

/// The code of the article "Add an invariant in fifteen lines", and a check that the article shows this code.
@Suite struct ArticleTests {
  /// Claim: a mean lies between the extremes.
  @Test(.property(cases: 300)) func meanLiesBetweenTheExtremes() {
    property(kills: "divides by one less") { draw in
      let values = try draw("values", arrays(of: reals(in: -100...100), count: 2...20))
      let mean = mean(of: values)
      let least = values.min() ?? .nan
      let greatest = values.max() ?? .nan
      // At most 19 additions and a division of numbers up to 2000: 20 roundings of 2000 · 2⁻⁵² each.
      let rounding = 20 * 2000 * Double.ulpOfOne
      draw.label("mixed signs", when: least < 0 && greatest > 0)
      draw.require("mixed signs", atLeast: 0.1)
      draw.maximise(max(least - mean, mean - greatest), "excess")
      try atMost(mean, greatest + rounding, "not above the greatest")
      try atMost(least - rounding, mean, "not below the least")
    }
  }

  /// Claim: the sampler is fair.
  @Test func samplerIsFair() {
    property(cases: 5) { draw in
      var random = try draw.sampler()
      try draw.claimMean(
        "share of heads", of: (0..<2000).map { _ in random.unit() < 0.5 ? 1 : 0 }, is: 0.5, alarm: 1e-7)
    }
  }

  /// Claim: every Swift line of the article stands in this file, so that the article compiles.
  @Test func articleShowsThisCode() throws {
    let here = URL(fileURLWithPath: #filePath)
    let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let article = root.appendingPathComponent(
      "Sources/PropertyTesting/PropertyTesting.docc/AddAnInvariant.md")
    let code = try String(contentsOf: here, encoding: .utf8).filter { !$0.isWhitespace }
    let blocks = try String(contentsOf: article, encoding: .utf8).components(separatedBy: "```").filter {
      $0.hasPrefix("swift\n")
    }
    #expect(blocks.count == 3)
    for block in blocks {
      // Line breaks are the formatter's affair; everything else must agree.
      let shown = block.dropFirst(5).filter { !$0.isWhitespace }
      #expect(code.contains(shown), "the article shows code that is not compiled here")
    }
  }
}
