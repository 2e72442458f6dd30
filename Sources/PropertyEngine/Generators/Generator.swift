/// A recipe for random values: a function that makes choices through a ``Draw`` and turns them into a value.
///
/// A generator has no shrinker of its own. Shrinking edits the choices and runs the recipe again, so whatever the
/// recipe guarantees of its values (a matrix is square, a list is sorted) also holds for every shrunk value, through
/// any dependence of one draw on another.
public struct Generator<Value>: Sendable {
  let produce: @Sendable (Draw) throws -> Value

  /// - Parameter produce: Makes choices by the methods of ``Draw``, or by drawing from other generators. It must
  ///   depend on nothing else: the same choices must give the same value.
  public init(_ produce: @escaping @Sendable (Draw) throws -> Value) { self.produce = produce }

  /// The generator whose values are transformed by `transform`.
  public func map<Result>(_ transform: @escaping @Sendable (Value) throws -> Result) -> Generator<Result> {
    let produce = produce
    return Generator<Result> { draw in try transform(produce(draw)) }
  }

  /// The generator chosen by a value drawn first (dependent draws).
  public func flatMap<Result>(
    _ next: @escaping @Sendable (Value) throws -> Generator<Result>
  ) -> Generator<Result> {
    let produce = produce
    return Generator<Result> { draw in try next(produce(draw)).produce(draw) }
  }

  /// The generator of those values that satisfy `condition`.
  ///
  /// Refused values leave no trace on the tape. After `attempts` refusals in a row the case is rejected; prefer
  /// generators that make only valid values when more than a few in a hundred are refused.
  public func filter(
    attempts: Int = 100, _ reason: String = "filter", _ condition: @escaping @Sendable (Value) throws -> Bool
  ) -> Generator<Value> {
    let produce = produce
    return Generator { draw in
      let mark = draw.choiceCount
      let spanMark = draw.spans.count
      for _ in 0..<max(attempts, 1) {
        let value = try produce(draw)
        if try condition(value) { return value }
        // A tape holds accepted attempts only: what it says now is refused, so the tape is not a valid case.
        if draw.replaying { throw Rejection("\(reason): the replayed value does not satisfy the condition") }
        draw.rewind(to: mark, spans: spanMark)
      }
      throw Rejection(
        "\(reason): refused \(attempts) values in a row; generate valid values directly, or widen the condition"
      )
    }
  }
}

/// The generator of one value.
public func constant<Value: Sendable>(_ value: Value) -> Generator<Value> { Generator { _ in value } }

/// True or false; false is the simpler one.
public func booleans(probability: Double = 0.5) -> Generator<Bool> {
  Generator { draw in try draw.bool(probability: probability) }
}

/// One of the values, the first being the simplest.
public func choice<Value: Sendable>(of values: [Value]) -> Generator<Value> {
  Generator { draw in
    guard !values.isEmpty else { throw GeneratorError.nothingToChooseFrom("choice(of: [])") }
    return values[try draw.index(below: values.count)]
  }
}

/// A value of one of the generators, the first being the simplest.
public func oneOf<Value>(_ alternatives: Generator<Value>...) -> Generator<Value> { oneOf(alternatives) }

/// A value of one of the generators, the first being the simplest.
public func oneOf<Value>(_ alternatives: [Generator<Value>]) -> Generator<Value> {
  Generator { draw in
    guard !alternatives.isEmpty else { throw GeneratorError.nothingToChooseFrom("oneOf()") }
    let part = draw.beginPart()
    let value = try alternatives[draw.index(below: alternatives.count)].produce(draw)
    draw.endPart(part)
    return value
  }
}

/// Two values, the second drawn after the first.
public func pairs<A, B>(_ first: Generator<A>, _ second: Generator<B>) -> Generator<(A, B)> {
  Generator { draw in (try first.produce(draw), try second.produce(draw)) }
}

/// Values that contain values of their own kind: trees, expressions.
///
/// - Parameters:
///   - depth: How many levels of `branch` may stand above a leaf.
///   - leaf: The simplest values.
///   - branch: Given the generator of the parts, the generator of the whole.
public func recursive<Value>(
  depth: Int = 5, leaf: Generator<Value>,
  branch: @escaping @Sendable (Generator<Value>) -> Generator<Value>
) -> Generator<Value> {
  Generator { draw in
    // The question is recorded at the last level too, so that a subtree means the same at any depth.
    let part = draw.beginPart()
    let branches = try draw.bool(forced: depth > 0 ? nil : false)
    let value =
      branches
      ? try branch(recursive(depth: depth - 1, leaf: leaf, branch: branch)).produce(draw)
      : try leaf.produce(draw)
    draw.endPart(part)
    return value
  }
}
