/// Statistics of two samples that depend on ranks alone, so that heavy tails do no harm.
public enum RankStatistics {
  /// The greatest distance between the two empirical distribution functions.
  public static func kolmogorovDistance(_ first: [Double], _ second: [Double]) -> Double {
    let a = first.sorted()
    let b = second.sorted()
    var (i, j) = (0, 0)
    var greatest = 0.0
    while i < a.count && j < b.count {
      let x = min(a[i], b[j])
      while i < a.count && a[i] <= x { i += 1 }
      while j < b.count && b[j] <= x { j += 1 }
      greatest = max(greatest, abs(Double(i) / Double(a.count) - Double(j) / Double(b.count)))
    }
    return greatest
  }

  /// How far the sum of the first sample's ranks is from its mean under exchangeability, in either direction.
  public static func rankSumDeviation(_ first: [Double], _ second: [Double]) -> Double {
    var random = CounterGenerator(key: 1)
    let u = Double(wins(first, second, &random))
    return abs(u - Double(first.count * second.count) / 2)
  }

  /// The number of pairs in which the first sample's value is the greater one; ties are broken by lot, which keeps
  /// every ordering equally likely.
  static func wins(_ first: [Double], _ second: [Double], _ random: inout CounterGenerator) -> Int {
    var tagged = first.map { (value: $0, lot: random.next(), isFirst: true) }
    tagged += second.map { (value: $0, lot: random.next(), isFirst: false) }
    tagged.sort { $0.value != $1.value ? $0.value < $1.value : $0.lot < $1.lot }
    var below = 0
    var wins = 0
    for entry in tagged {
      if entry.isFirst { wins += below } else { below += 1 }
    }
    return wins
  }
}
