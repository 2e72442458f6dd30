/// How random values of an integer or real choice are spread.
public enum Spread: Sendable, Hashable {
  /// Every value equally likely: for statistics, where the law of the draw is part of the claim.
  case uniform
  /// A mixture that finds bugs: uniform, uniform in the logarithm, small and special values, bounds and their
  /// neighbours, and values drawn before in the same case.
  case mixed
}

extension Draw {
  /// Makes a choice: on a replay the recorded value, otherwise what `random` returns.
  @inline(__always)
  private func choose(
    _ kind: Choice.Kind, _ lowerBits: UInt64, _ upperBits: UInt64, random: () -> UInt64
  ) throws -> UInt64 {
    if nesting == 0 { openAnonymousSegment() }
    let bits: UInt64
    if replaying {
      bits = try replayed(kind, lowerBits, upperBits, random: random)
    } else {
      bits = random()
    }
    if choices.count >= choiceLimit { throw TapeOverrun(limit: choiceLimit) }
    choices.append(Choice(kind: kind, bits: bits, lowerBits: lowerBits, upperBits: upperBits))
    return bits
  }

  @inline(never)
  private func replayed(
    _ kind: Choice.Kind, _ lowerBits: UInt64, _ upperBits: UInt64, random: () -> UInt64
  ) throws -> UInt64 {
    if let recorded = reader.next(kind, lowerBits, upperBits) { return recorded }
    return reader.fillsRandomly ? random() : ChoiceOrder.simplestBits(kind, lowerBits, upperBits)
  }

  /// An integer in `lower...upper`.
  public func integer(in bounds: ClosedRange<Int>, spread: Spread = .mixed) throws -> Int {
    let lower = bounds.lowerBound
    let upper = bounds.upperBound
    let bits = try choose(
      .integer, UInt64(bitPattern: Int64(lower)), UInt64(bitPattern: Int64(upper))
    ) {
      UInt64(
        bitPattern: Int64(
          RandomValues.integer(lower, upper, spread, &generator, previous: choices)))
    }
    return Int(truncatingIfNeeded: Int64(bitPattern: bits))
  }

  /// A real in `lower...upper`.
  public func real(in bounds: ClosedRange<Double>, spread: Spread = .mixed) throws -> Double {
    let lower = bounds.lowerBound
    let upper = bounds.upperBound
    return Double(
      bitPattern: try choose(.real, lower.bitPattern, upper.bitPattern) {
        RandomValues.real(lower, upper, spread, &generator, previous: choices).bitPattern
      })
  }

  /// A real from `candidates` chosen by the caller's own law; recorded and shrunk as a real in `bounds`.
  ///
  /// - Parameter random: Called only when the value is not read from a tape.
  public func real(
    in bounds: ClosedRange<Double>, random: (inout CounterGenerator) -> Double
  ) throws -> Double {
    Double(
      bitPattern: try choose(.real, bounds.lowerBound.bitPattern, bounds.upperBound.bitPattern) {
        min(max(random(&generator), bounds.lowerBound), bounds.upperBound).bitPattern
      })
  }

  /// A truth value, true with probability `probability`; false is the simpler one.
  ///
  /// - Parameter forced: The only value allowed here, or nil. A recursive generator asks the same question at its
  ///   last level and forces the answer, so that a stretch of the tape reads the same at any depth.
  public func bool(probability: Double = 0.5, forced: Bool? = nil) throws -> Bool {
    try choose(.bool, forced == true ? 1 : 0, forced == false ? 0 : 1) {
      forced ?? (generator.unit() < probability) ? 1 : 0
    } == 1
  }

  /// A position in `0..<count`, each equally likely.
  /// - Throws: ``GeneratorError`` when `count` is not positive.
  public func index(below count: Int) throws -> Int {
    guard count > 0 else { throw GeneratorError.nothingToChooseFrom("index(below: \(count))") }
    return Int(try choose(.index, 0, UInt64(count - 1)) { generator.below(UInt64(count)) })
  }

  /// A choice decided in advance when random (how an array reaches a length picked beforehand), recorded as a bool
  /// that may have one allowed value only.
  @inline(__always)
  func flag(whenRandom decided: Bool, probability: Double, forced: Bool?) throws -> Bool {
    let lower: UInt64 = forced == true ? 1 : 0
    let upper: UInt64 = forced == false ? 0 : 1
    return try choose(.bool, lower, upper) {
      forced ?? (replaying ? generator.unit() < probability : decided) ? 1 : 0
    } == 1
  }
}
