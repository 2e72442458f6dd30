import PropertyEngine

/// The public shrinking-challenge set (github.com/jlink/shrinking-challenge), restated for this engine.
public struct Challenge: Sendable {
  public let name: String
  /// The most distinct answers over 100 seeds that are acceptable.
  public let allowed: Int
  public let property: Property
}

public enum Challenges {
  /// Enough cases to find every challenge's failure, and no cap that the shrinker would meet.
  public static let profile: Profile = {
    var profile = Profile.deterministic
    profile.cases = 20_000
    profile.shrinkCalls = 20_000
    profile.explainTries = 0
    return profile
  }()

  /// All challenges, in the order of the table.
  public static let all: [Challenge] =
    lists + numbers + structures

  static let smallIntegers = integers(in: -1000...1000)

  static let lists: [Challenge] = [
    Challenge(
      name: "reverse", allowed: 1,
      property: Property("reverse") { draw in
        let list = try draw("list", arrays(of: smallIntegers, count: 0...20))
        try holds(list == Array(list.reversed()))
      }),
    Challenge(
      name: "lengthlist", allowed: 1,
      property: Property("lengthlist") { draw in
        let list = try draw(
          "list", integers(in: 1...100).flatMap { arrays(of: integers(in: 0...1000), count: $0) })
        try holds((list.max() ?? 0) < 900)
      }),
    Challenge(
      name: "distinct", allowed: 1,
      property: Property("distinct") { draw in
        let list = try draw("list", arrays(of: smallIntegers, count: 0...20))
        try holds(Set(list).count < 3)
      }),
    Challenge(
      name: "large union list", allowed: 1,
      property: Property("large union list") { draw in
        let lists = try draw("lists", arrays(of: arrays(of: smallIntegers, count: 0...10), count: 0...10))
        try holds(Set(lists.flatMap { $0 }).count <= 4)
      }),
    Challenge(
      name: "nested lists", allowed: 1,
      property: Property("nested lists") { draw in
        let lists = try draw("lists", arrays(of: arrays(of: smallIntegers, count: 0...20), count: 0...10))
        try holds(lists.reduce(0) { $0 + $1.count } <= 10)
      }),
    Challenge(
      name: "deletion", allowed: 1,
      property: Property("deletion") { draw in
        let list = try draw("list", arrays(of: smallIntegers, count: 1...20))
        let position = try draw("position", integers(in: 0...(list.count - 1)))
        var shorter = list
        // Deletes the first occurrence only: wrong for repeated elements.
        if let first = shorter.firstIndex(of: list[position]) { shorter.remove(at: first) }
        try holds(!shorter.contains(list[position]))
      }),
    Challenge(
      name: "coupling", allowed: 1,
      property: Property("coupling") { draw in
        let list = try draw(
          "list",
          arrays(of: integers(in: 0...10), count: 1...12).filter { list in list.allSatisfy { $0 < list.count }
          })
        for position in list.indices where list[position] != position {
          try holds(list[list[position]] != position)
        }
      }),
  ]

  static let numbers: [Challenge] = [
    Challenge(name: "difference 0", allowed: 1, property: difference("difference 0") { $0 != 0 }),
    Challenge(
      name: "difference small", allowed: 1, property: difference("difference small") { !(1...4).contains($0) }
    ),
    Challenge(name: "difference 1", allowed: 1, property: difference("difference 1") { $0 != 1 }),
    Challenge(
      name: "sum", allowed: 1,
      property: Property("sum") { draw in
        let list = try draw("list", arrays(of: integers(in: 0...100), count: 0...20))
        try holds(list.reduce(0, +) < 250)
      }),
    Challenge(
      name: "float above 2.3", allowed: 1,
      property: Property("float above 2.3") { draw in
        let x = try draw("x", reals(in: -1e300...1e300))
        try holds(x <= 2.3)
      }),
    Challenge(
      name: "float in 1.1 to 1.6", allowed: 1,
      property: Property("float in 1.1 to 1.6") { draw in
        let x = try draw("x", reals(in: 0...10))
        try holds(!(x > 1.1 && x < 1.6))
      }),
    Challenge(
      name: "float sum at least 1", allowed: 1,
      property: Property("float sum at least 1") { draw in
        let list = try draw("list", arrays(of: reals(in: 0...1e6), count: 0...10))
        try holds(list.reduce(0, +) < 1)
      }),
  ]

  private static func difference(
    _ name: String, _ isRight: @escaping @Sendable (Int) -> Bool
  ) -> Property {
    Property(name) { draw in
      let x = try draw("x", integers(in: 0...1000))
      let y = try draw("y", integers(in: 0...1000))
      try holds(x < 10 || isRight(abs(x - y)))
    }
  }
}

extension Challenges {
  /// The answers of one challenge over seeds `0..<seeds`.
  public struct Result: Sendable {
    public let name: String
    public let allowed: Int
    public let seeds: Int
    /// Distinct final answers with the number of seeds that ended there, the most frequent first.
    public let answers: [(text: String, seeds: Int)]
    /// Seeds for which no failure was found at all.
    public let unfound: Int
    /// Mean and greatest number of runs of the body spent on shrinking.
    public let meanCalls: Double
    public let greatestCalls: Int
  }

  /// Runs one challenge with many seeds.
  public static func run(_ challenge: Challenge, seeds: Int) -> Result {
    var answers: [String: Int] = [:]
    var calls: [Int] = []
    for seed in 0..<UInt64(seeds) {
      let outcome = PropertyRunner(profile: profile, seed: seed).run(challenge.property)
      guard let example = outcome.counterexample else { continue }
      answers[example.summary, default: 0] += 1
      calls.append(example.shrinkCalls)
    }
    let sorted = answers.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    return Result(
      name: challenge.name, allowed: challenge.allowed, seeds: seeds,
      answers: sorted.map { (text: $0.key, seeds: $0.value) }, unfound: seeds - calls.count,
      meanCalls: Double(calls.reduce(0, +)) / Double(max(calls.count, 1)), greatestCalls: calls.max() ?? 0)
  }
}
