import Foundation
import Numerics
import TensorFiles
import Testing

/// Whatever the bytes, a reader gives tensors or a sentence: it never traps and never takes more memory than the file
/// warrants. `PBT_PROFILE=thorough` tries a hundred thousand mutations of each format, an ordinary run four thousand.
@Suite struct FuzzTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures/weights")

  static let count =
    ProcessInfo.processInfo.environment["PBT_PROFILE"] == "thorough" ? 100_000 : 4000

  /// Mutated safetensors files are read or refused.
  @Test func mutatedSafetensors() throws {
    try fuzz(.safetensors, seeds: ["gru.safetensors"])
  }

  /// Mutated archives, stored and deflated, are read or refused.
  @Test func mutatedArchives() throws { try fuzz(.npz, seeds: ["trace.npz", "gru-states.npz"]) }

  /// Mutated arrays are read or refused.
  @Test func mutatedArrays() throws {
    let header = "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }".padding(
      toLength: 118, withPad: " ", startingAt: 0)
    let bytes =
      [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)
      + [UInt8](repeating: 0x3f, count: 48)
    try fuzz(.npy, seeds: [bytes])
  }

  private func fuzz(_ format: TensorReader.Format, seeds: [String]) throws {
    try fuzz(
      format,
      seeds: seeds.map { Array(try Data(contentsOf: Self.folder.appendingPathComponent($0))) })
  }

  private func fuzz(_ format: TensorReader.Format, seeds: [[UInt8]]) throws {
    var stream = RandomStream(seed: 20_251_206, purpose: "fuzz.\(format.rawValue)")
    func number(_ bound: Int) -> Int { min(bound - 1, Int(stream.uniform() * Double(bound))) }
    var (readable, refused) = (0, 0)
    for _ in 0..<Self.count {
      var bytes = seeds[number(seeds.count)]
      for _ in 0..<1 + number(3) where !bytes.isEmpty {
        // Half of the mutations go to the ends, where the structure is.
        let span = stream.uniform() < 0.5 ? bytes.count : min(bytes.count, 160)
        var place = number(span)
        if format == .npz, stream.uniform() < 0.5 { place = bytes.count - 1 - place }
        switch number(6) {
        case 0: bytes[place] = UInt8(number(256))
        case 1: bytes[place] ^= 1 << UInt8(number(8))
        case 2: bytes.removeSubrange(place...)
        case 3: bytes.insert(UInt8(number(256)), at: place)
        case 4: for offset in 0..<min(8, bytes.count - place) { bytes[place + offset] = 0xff }
        default:
          let length = min(16, bytes.count - place)
          bytes.replaceSubrange(place..<place + length, with: bytes[0..<length])
        }
      }
      do {
        let file = try TensorReader.read(bytes, format: format, file: "mutant")
        readable += 1
        let numbers = file.tensors.values.reduce(0) { $0 + $1.values.count }
        #expect(numbers <= TensorReader.largestExpansion * bytes.count + 1 << 20)
      } catch {
        refused += 1
        #expect(error.description.hasPrefix("mutant: "))
      }
    }
    // Both ways out are taken, or the mutations test nothing.
    #expect(readable > 0 && refused > 0)
  }
}
