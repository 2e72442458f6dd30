import Testing

@testable import Numerics

@Suite struct RandomStreamTests {
  /// Philox 4x32-10 returns the known answers published with the generator.
  @Test func knownAnswers() {
    #expect(
      Philox4x32.block(counter: .zero, key: .zero)
        == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    #expect(
      Philox4x32.block(counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max))
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      Philox4x32.block(
        counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
        key: SIMD2(0xa409_3822, 0x299f_31d0)) == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  /// Streams are a function of (seed, purpose, index): equal keys agree, any changed part gives other numbers.
  @Test func streamsAreKeyed() {
    func head(_ seed: UInt64, _ purpose: String, _ index: UInt64) -> [UInt64] {
      var stream = RandomStream(seed: seed, purpose: purpose, index: index)
      return (0..<8).map { _ in stream.next() }
    }
    let reference = head(1, "a", 0)
    #expect(reference == head(1, "a", 0))
    #expect(reference != head(2, "a", 0))
    #expect(reference != head(1, "b", 0))
    #expect(reference != head(1, "a", 1))
    #expect(Set(reference).count == 8)
  }

  /// Four blocks side by side are the blocks one by one, also where the counter's low word overflows.
  @Test(arguments: [0, 12, 0xffff_fffc, 0xffff_fffe, 0x1_0000_0000, .max - 3] as [UInt64])
  func fourBlocksAreTheBlocks(block: UInt64) {
    let (high, key) = (0x0123_4567_89ab_cdef as UInt64, SIMD2<UInt32>(0xa409_3822, 0x299f_31d0))
    let (first, second) = Philox4x32.fourBlocks(block: block, high: high, key: key)
    for lane in 0..<4 {
      let counter = block + UInt64(lane)
      let words = Philox4x32.block(
        counter: SIMD4(
          UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32),
          UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32)), key: key)
      #expect(first[lane] == UInt64(words.x) | UInt64(words.y) << 32)
      #expect(second[lane] == UInt64(words.z) | UInt64(words.w) << 32)
    }
  }

  /// Words in pairs are the words one by one, from the middle of a block too.
  @Test func pairsAreTheSameWords() {
    var single = RandomStream(seed: 3, purpose: "test.pairs")
    var paired = single
    for round in 0..<20 {
      if round % 3 == 1 { #expect(paired.next() == single.next()) }
      let (first, second) = paired.nextPairs()
      for lane in 0..<4 {
        #expect(first[lane] == single.next())
        #expect(second[lane] == single.next())
      }
    }
  }
}
