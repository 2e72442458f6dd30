import Foundation
import Testing

@testable import Training

@Suite struct PackedDoublesTests {
  private struct Holder: Codable, Equatable {
    @PackedDoubles var values: [Double]
  }

  /// Eight bytes a number, least significant first, in base64: 1 and −2.5 are 00…F03F and 00…04C0.
  @Test func bytesAreTheBits() throws {
    let data = try JSONEncoder().encode(Holder(values: [1, -2.5]))
    #expect(String(decoding: data, as: UTF8.self) == #"{"values":"AAAAAAAA8D8AAAAAAAAEwA=="}"#)
  }

  /// Every number comes back to the same bits: signed zeros, subnormals, infinities and NaN too, which JSON has no digits for.
  @Test func everyBitComesBack() throws {
    let values = [0, -0.0, 5e-324, -1e-310, .pi, .infinity, -.infinity, .nan, .greatestFiniteMagnitude]
    let copy = try JSONDecoder().decode(Holder.self, from: JSONEncoder().encode(Holder(values: values)))
    #expect(copy.values.map(\.bitPattern) == values.map(\.bitPattern))
  }

  /// Bytes that are no whole number of doubles, and no base64 at all, are refused.
  @Test(arguments: ["AAAAAAAA8D8A", "AAAA", "?"]) func partsAreRefused(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Holder.self, from: Data(#"{"values":"\#(text)"}"#.utf8))
    }
  }
}
