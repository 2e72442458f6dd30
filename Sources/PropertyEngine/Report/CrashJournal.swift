import Foundation

/// A page of memory backed by a file that names the case in progress, so that a trap (overflow, index out of range)
/// still leaves a trace: the kernel writes the page even when the process dies.
///
/// The file is removed when the property ends. What is left after a crash is found by ``leftovers(in:)``.
final class CrashJournal {
  private static let size = 16_384
  private let page: UnsafeMutableRawPointer
  private let path: String
  private let prefixLength: Int
  private var isOpen = true

  /// Nil when the file cannot be made; a journal is a convenience and never stops a run.
  init?(directory: String, property: String, seed: UInt64) {
    let name = String(CounterGenerator.hash(property) ^ CounterGenerator.mix(seed), radix: 16)
    path = directory + "/\(ProcessInfo.processInfo.processIdentifier)-\(name).journal"
    try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { return nil }
    defer { _ = Foundation.close(descriptor) }
    guard ftruncate(descriptor, off_t(Self.size)) == 0,
      let mapped = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
      mapped != MAP_FAILED
    else {
      unlink(path)
      return nil
    }
    page = mapped
    let header = "pbt-journal 1\n\(property)\nseed=\(String(seed, radix: 16))\n"
    prefixLength = min(header.utf8.count, Self.size / 2)
    for (offset, byte) in header.utf8.prefix(prefixLength).enumerated() {
      page.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
    }
  }

  deinit { close() }

  func write(index: Int) { write("case=\(index)") }
  func write(tape: ChoiceTape) { write("tape=\(TapeText.encode(tape))") }

  private func write(_ text: String) {
    guard isOpen else { return }
    var offset = prefixLength
    for byte in text.utf8.prefix(Self.size - prefixLength - 2) {
      page.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
      offset += 1
    }
    // The end mark comes last: without it the entry was being written.
    page.storeBytes(of: UInt8(ascii: "\n"), toByteOffset: offset, as: UInt8.self)
    page.storeBytes(of: 0, toByteOffset: offset + 1, as: UInt8.self)
  }

  func close() {
    guard isOpen else { return }
    isOpen = false
    munmap(page, Self.size)
    unlink(path)
  }
}

/// A case that was in progress when its process died.
public struct CrashedCase: Sendable, Hashable {
  public let property: String
  public let seed: UInt64
  /// The random case, or nil when it was a replay.
  public let index: Int?
  /// The tape of a replay, in text form.
  public let tape: String?

  /// What to do, in a sentence.
  public var advice: String {
    let seedText = String(seed, radix: 16)
    let what = index.map { "case \($0)" } ?? "a replayed case"
    let how = tape.map { "PBT_REPLAY='\($0)'" } ?? "PBT_SEED=\(seedText) PBT_CASE=\(index ?? 0)"
    return
      "The process died while \"\(property)\" ran \(what) of seed \(seedText). Run the same test with \(how) to "
      + "see it again under a debugger."
  }

  /// Reads the journals that dead processes left in a directory.
  /// - Parameter removing: Whether to delete them, so that each is reported once.
  public static func leftovers(in directory: String, removing: Bool) -> [CrashedCase] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.filter { $0.hasSuffix(".journal") }.sorted().compactMap { name in
      guard let process = name.split(separator: "-").first.flatMap({ Int32($0) }), kill(process, 0) != 0,
        let data = FileManager.default.contents(atPath: directory + "/" + name)
      else { return nil }
      if removing { try? FileManager.default.removeItem(atPath: directory + "/" + name) }
      return CrashedCase(parsing: data)
    }
  }

  init?(parsing data: Data) {
    let lines = data.prefix { $0 != 0 }.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard lines.count >= 4, lines[0] == "pbt-journal 1", let seed = UInt64(lines[2].dropFirst(5), radix: 16)
    else {
      return nil
    }
    property = lines[1]
    self.seed = seed
    if lines[3].hasPrefix("case=") {
      index = Int(lines[3].dropFirst(5))
      tape = nil
    } else if lines[3].hasPrefix("tape=") {
      index = nil
      tape = String(lines[3].dropFirst(5))
    } else {
      return nil
    }
  }
}
