/// The search for worst cases: changes a few choices of the worst case so far and keeps what is worse.
extension RunSession {
  func targetedRequest(_ index: Int) -> CaseRequest {
    var random = CounterGenerator(key: key(index) ^ 0x7461_7267_6574)
    let targets = tally.targets
    let target = targets[index % targets.count]
    var tape = target.tape
    guard tape.count > 0 else { return .random(key: key(index)) }
    // Mostly one change; now and then several, to leave a local optimum.
    let changes = 1 + (random.next() & 3 == 0 ? Int(random.next() & 3) : 0)
    for _ in 0..<changes {
      let position = Int(random.below(UInt64(tape.count)))
      tape.choices[position] = mutated(tape.choices[position], &random)
    }
    var request = CaseRequest.replay(tape)
    request.key = key(index)
    request.source = .tape(fillsRandomly: true)
    return request
  }

  private func mutated(_ choice: Choice, _ random: inout CounterGenerator) -> Choice {
    switch choice.kind {
    case .bool: return choice.with(bits: 1 - choice.bits)
    case .index: return choice.with(bits: random.below(choice.upperBits + 1))
    case .integer:
      let lower = Int(truncatingIfNeeded: Int64(bitPattern: choice.lowerBits))
      let upper = Int(truncatingIfNeeded: Int64(bitPattern: choice.upperBits))
      let word = random.next()
      if word & 3 == 0 {
        return choice.with(
          bits: UInt64(bitPattern: Int64(RandomValues.integer(lower, upper, .mixed, &random, previous: []))))
      }
      let step = 1 << Int(random.below(6))
      let (moved, overflow) = choice.integerValue.addingReportingOverflow(word & 4 == 0 ? step : -step)
      return overflow ? choice : choice.with(bits: UInt64(bitPattern: Int64(min(max(moved, lower), upper))))
    case .real:
      let lower = Double(bitPattern: choice.lowerBits)
      let upper = Double(bitPattern: choice.upperBits)
      let word = random.next()
      let x = choice.realValue
      if word & 3 == 0 || !x.isFinite {
        return choice.with(bits: RandomValues.real(lower, upper, .mixed, &random, previous: []).bitPattern)
      }
      // A relative or absolute step over many orders of size.
      let scale = word & 4 == 0 ? x : min(upper - lower, 1e6)
      let step = scale * Double(sign: .plus, exponent: -Int(random.below(20)), significand: 1)
      let moved = word & 8 == 0 ? x + step : x - step
      return choice.with(bits: min(max(moved, lower), upper).bitPattern)
    }
  }
}
