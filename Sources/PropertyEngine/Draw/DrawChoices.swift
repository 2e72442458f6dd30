/// How random values of an integer or real choice are spread.
public enum Spread: Sendable, Hashable {
  /// Every value equally likely: for statistics, where the law of the draw is part of the claim.
  case uniform
  /// A mixture that finds bugs: uniform, uniform in the logarithm, small and special values, bounds and their
  /// neighbours, and values drawn before in the same case.
  case mixed
}

extension Draw {
  /// An integer in `lower...upper`.
  @inline(__always)
  public func integer(in bounds: ClosedRange<Int>, spread: Spread = .mixed) throws -> Int {
    openAnonymousSegment()
    return try writer.integer(bounds.lowerBound, bounds.upperBound, spread)
  }

  /// A real in `lower...upper`.
  @inline(__always)
  public func real(in bounds: ClosedRange<Double>, spread: Spread = .mixed) throws -> Double {
    openAnonymousSegment()
    return try writer.real(bounds.lowerBound, bounds.upperBound, spread)
  }

  /// A real chosen by the caller's own law; recorded and shrunk as a real in `bounds`.
  ///
  /// - Parameter random: Called only when the value is not read from a tape; brought into the bounds.
  public func real(
    in bounds: ClosedRange<Double>, random: (inout CounterGenerator) -> Double
  ) throws -> Double {
    openAnonymousSegment()
    return try writer.real(bounds.lowerBound, bounds.upperBound, random: random)
  }

  /// A truth value, true with probability `probability`; false is the simpler one.
  ///
  /// - Parameter forced: The only value allowed here, or nil. A recursive generator asks the same question at its
  ///   last level and forces the answer, so that a stretch of the tape reads the same at any depth.
  public func bool(probability: Double = 0.5, forced: Bool? = nil) throws -> Bool {
    openAnonymousSegment()
    return try writer.bool(probability: probability, forced: forced)
  }

  /// A position in `0..<count`, each equally likely.
  /// - Throws: ``GeneratorError`` when `count` is not positive.
  public func index(below count: Int) throws -> Int {
    guard count > 0 else { throw GeneratorError.nothingToChooseFrom("index(below: \(count))") }
    openAnonymousSegment()
    return try writer.index(below: count)
  }

  /// A choice decided in advance when random (how an array reaches a length picked beforehand), recorded as a bool
  /// that may have one allowed value only.
  func flag(whenRandom decided: Bool, probability: Double, forced: Bool?) throws -> Bool {
    openAnonymousSegment()
    return try writer.bool(probability: probability, forced: forced, decided: decided)
  }
}
