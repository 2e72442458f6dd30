/// Makes choices and writes them down. A structure of its own, so that one access to the ``Draw`` covers all a choice
/// does.
struct TapeWriter {
  var choices: [Choice] = []
  var generator = CounterGenerator(key: 0)
  var isReplaying = false
  var reader = TapeReader()
  var choiceLimit = Int.max

  init() { choices.reserveCapacity(64) }

  mutating func begin(_ request: CaseRequest) {
    choices.removeAll(keepingCapacity: true)
    generator = CounterGenerator(key: request.key)
    choiceLimit = request.choiceLimit
    switch request.source {
    case .random: isReplaying = false
    case .tape(let fillsRandomly):
      isReplaying = true
      reader = TapeReader(request.tape, parts: request.parts, fillsRandomly: fillsRandomly)
    }
  }

  /// The recorded answer, or the simplest when the tape has none; nil asks for a random one.
  @inline(never)
  private mutating func replayed(_ kind: Choice.Kind, _ lowerBits: UInt64, _ upperBits: UInt64) -> UInt64? {
    if let recorded = reader.next(kind, lowerBits, upperBits) { return recorded }
    return reader.fillsRandomly ? nil : ChoiceOrder.simplestBits(kind, lowerBits, upperBits)
  }

  @inline(__always)
  private mutating func answer(_ kind: Choice.Kind, _ lowerBits: UInt64, _ upperBits: UInt64) -> UInt64? {
    isReplaying ? replayed(kind, lowerBits, upperBits) : nil
  }

  @inline(__always)
  private mutating func write(
    _ kind: Choice.Kind, _ bits: UInt64, _ lowerBits: UInt64, _ upperBits: UInt64
  ) throws {
    if choices.count >= choiceLimit { throw TapeOverrun(limit: choiceLimit) }
    choices.append(Choice(kind: kind, bits: bits, lowerBits: lowerBits, upperBits: upperBits))
  }

  mutating func integer(_ lower: Int, _ upper: Int, _ spread: Spread) throws -> Int {
    let (low, high) = (UInt64(bitPattern: Int64(lower)), UInt64(bitPattern: Int64(upper)))
    let bits =
      answer(.integer, low, high)
      ?? UInt64(
        bitPattern: Int64(RandomValues.integer(lower, upper, spread, &generator, previous: choices)))
    try write(.integer, bits, low, high)
    return Int(truncatingIfNeeded: Int64(bitPattern: bits))
  }

  mutating func real(_ lower: Double, _ upper: Double, _ spread: Spread) throws -> Double {
    let (low, high) = (lower.bitPattern, upper.bitPattern)
    let bits =
      answer(.real, low, high)
      ?? RandomValues.real(lower, upper, spread, &generator, previous: choices).bitPattern
    try write(.real, bits, low, high)
    return Double(bitPattern: bits)
  }

  mutating func real(
    _ lower: Double, _ upper: Double, random: (inout CounterGenerator) -> Double
  ) throws -> Double {
    let (low, high) = (lower.bitPattern, upper.bitPattern)
    let bits = answer(.real, low, high) ?? min(max(random(&generator), lower), upper).bitPattern
    try write(.real, bits, low, high)
    return Double(bitPattern: bits)
  }

  /// - Parameter decided: What a random choice takes, or nil to throw a coin.
  mutating func bool(probability: Double, forced: Bool?, decided: Bool? = nil) throws -> Bool {
    let low: UInt64 = forced == true ? 1 : 0
    let high: UInt64 = forced == false ? 0 : 1
    let bits =
      answer(.bool, low, high)
      ?? (forced ?? (isReplaying ? nil : decided) ?? (generator.unit() < probability) ? 1 : 0)
    try write(.bool, bits, low, high)
    return bits == 1
  }

  mutating func index(below count: Int) throws -> Int {
    let high = UInt64(count - 1)
    let bits = answer(.index, 0, high) ?? generator.below(UInt64(count))
    try write(.index, bits, 0, high)
    return Int(bits)
  }
}
