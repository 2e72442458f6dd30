import Foundation
import Kernels
import Numerics
import Testing

@Suite struct KeyedNormalsTests {
  static let key = RandomStream.key(seed: 20_251_205, purpose: "test.normals")

  /// The lanes' words are those of the scalar block function, at every position, with both counter words and both key words in
  /// use, on every CPU level.
  @Test(arguments: CPULevel.supported)
  func wordsAreThoseOfTheBlockFunction(level: CPULevel) throws {
    for (key, index) in [
      (SIMD2<UInt32>(0, 0), UInt64(0)), (SIMD2(0xa409_3822, 0x299f_31d0), 0x1319_8a2e_0370_7344),
      (SIMD2(.max, .max), .max), (Self.key, 7),
    ] {
      let words = try KeyedNormals.words(key: key, index: index, groups: 5, level: level)
      let (low, high) = (UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32))
      for (position, word) in words.enumerated() {
        let block = UInt32(16 * (position / 64) + position % 16)
        let expected = Philox4x32.block(counter: SIMD4(block, 0, low, high), key: key)
        #expect(word == expected[position / 16 % 4], "position \(position)")
      }
    }
  }

  /// Each normal is what Box and Muller's formulas give in double precision for its words.
  @Test func normalsFollowTheFormulas() throws {
    let words = try KeyedNormals.words(key: Self.key, index: 5, groups: 500)
    let normals = try KeyedNormals.fill(key: Self.key, index: 5, count: words.count)
    for start in stride(from: 0, to: words.count, by: 32) {
      for position in start..<start + 16 {
        let (first, second) = (words[position], words[position + 16])
        // The radius is a function of the uniform number rounded to Float.
        let uniform = Double(Float((Double(first) + 0.5) * 0x1p-32))
        let radius = (-2 * log(uniform)).squareRoot()
        let angle = (Double(second & 0x7f_ffff) + 0.5) * 0x1p-23 * Double.pi / 4
        var pair = (cos(angle), sin(angle))
        if second & 0x2000_0000 != 0 { pair = (pair.1, pair.0) }
        if second & 0x8000_0000 != 0 { pair.0 = -pair.0 }
        if second & 0x4000_0000 != 0 { pair.1 = -pair.1 }
        // Relative errors in units of 2⁻²³: logarithm 2, halved by the root, its rounding ½, sine or cosine 2, the
        // product ½: 4 in all, first order.
        for (value, exact) in [
          (normals[position], radius * pair.0), (normals[position + 16], radius * pair.1),
        ] {
          #expect(abs(Double(value) - exact) <= 4.01 * 0x1p-23 * abs(exact), "position \(position)")
        }
      }
    }
  }

  /// Every CPU level gives the same bits, and a shorter array is the beginning of a longer one, at all lengths.
  @Test func levelsAndLengthsAgree() throws {
    let whole = try KeyedNormals.fill(key: Self.key, index: 1 << 40, count: 4096, level: .baseline)
    for level in CPULevel.supported {
      for count in Array(0...130) + [4096] {
        let part = try KeyedNormals.fill(key: Self.key, index: 1 << 40, count: count, level: level)
        #expect(part.map(\.bitPattern) == whole.prefix(count).map(\.bitPattern), "\(level), \(count)")
      }
    }
  }

  /// The empirical distribution of a million normals stays within the band of Dvoretzky, Kiefer, Wolfowitz and Massart:
  /// `P(sup |F_n − F| > ε) ≤ 2 exp(−2nε²)`, set to a false alarm of 10⁻⁹; the seed is fixed.
  @Test func distributionIsNormal() throws {
    let count = 1 << 20
    let sample = try KeyedNormals.fill(key: Self.key, index: 11, count: count).sorted()
    // Beyond sampling, rounding moves a value by 4.01·2⁻²³ of itself, 1.2·10⁻⁷ of probability at most (|x|φ(x) ≤ 0.242), and
    // the grid of 2²⁶ angles by less than 2⁻²⁵.
    let band = (log(2 / 1e-9) / (2 * Double(count))).squareRoot() + 2e-7
    var worst = 0.0
    for (rank, value) in sample.enumerated() {
      let probability = erfc(-Double(value) / 2.0.squareRoot()) / 2
      worst = max(
        worst, abs(probability - Double(rank) / Double(count)),
        abs(probability - Double(rank + 1) / Double(count)))
    }
    #expect(worst <= band)
  }

  /// Normals at different positions are uncorrelated, and so are their squares: those of one block (16 apart), of neighbouring
  /// lanes (1), of neighbouring groups (64), and of the same position in the next sequence.
  @Test func positionsAreIndependent() throws {
    let count = 1 << 18
    let one = try KeyedNormals.fill(key: Self.key, index: 21, count: count + 64).map(Double.init)
    let other = try KeyedNormals.fill(key: Self.key, index: 22, count: count).map(Double.init)
    let pairs = [1, 15, 16, 17, 32, 48, 63, 64].map { Array(one[$0...]) } + [other]
    for (number, partner) in pairs.enumerated() {
      var (product, squares) = (0.0, 0.0)
      for position in 0..<count {
        let (x, y) = (one[position], partner[position])
        product += x * y
        squares += (x * x - 1) * (y * y - 1)
      }
      // Both have mean zero; distinct products are uncorrelated, with variances 1 and E[(x²−1)²]² = 4. Seven standard
      // deviations: by the normal limit each is exceeded with probability 3·10⁻¹², and 18 sums are looked at.
      let spread = 7 * Double(count).squareRoot()
      #expect(abs(product) <= spread, "pair \(number)")
      #expect(abs(squares) <= 2 * spread, "pair \(number)")
    }
  }
}
