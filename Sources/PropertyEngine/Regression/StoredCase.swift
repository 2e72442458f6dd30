/// A case kept from an earlier run, tried before any random one.
public struct StoredCase: Sendable, Hashable {
  public let tape: ChoiceTape
  /// The shape of the draws when it was stored, or nil when unknown.
  public let shape: UInt64?

  public init(_ tape: ChoiceTape, shape: UInt64? = nil) {
    self.tape = tape
    self.shape = shape
  }

  /// Whether a replay that drew `found` asked the same questions, as far as the stored case goes: a body that failed
  /// half-way when it was stored may draw more once the bug is mended.
  func fits(_ found: ChoiceTape) -> Bool {
    guard found.count >= tape.count else { return false }
    let start = found.prefix(tape.count)
    for (mine, theirs) in zip(tape.choices, start.choices)
    where mine.kind != theirs.kind || mine.bits != theirs.bits {
      return false
    }
    guard start.segments.map(\.name) == tape.segments.filter({ $0.start < tape.count }).map(\.name) else {
      return false
    }
    return shape.map { $0 == start.shapeHash } ?? true
  }
}

extension ChoiceTape {
  fileprivate func prefix(_ count: Int) -> ChoiceTape {
    ChoiceTape(choices: Array(choices.prefix(count)), segments: segments.filter { $0.start < count })
  }
}
