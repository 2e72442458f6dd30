public import PropertyEngine
public import Testing

// One overload for each number of generators: parameter packs would be shorter but make the type checker give up on
// ordinary arithmetic in the closure.

/// Checks that `body` holds for the values of a generator.
@discardableResult
public func forAll<A>(
  _ a: Generator<A>, cases: Int? = nil, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation, _ body: (A) throws -> Void
) -> PropertyOutcome {
  property(cases: cases, filePath: filePath, sourceLocation: sourceLocation) { draw in
    try body(draw("a", a))
  }
}

/// Checks that `body` holds for the values of 2 generators.
@discardableResult
public func forAll<A, B>(
  _ a: Generator<A>, _ b: Generator<B>, cases: Int? = nil, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation, _ body: (A, B) throws -> Void
) -> PropertyOutcome {
  property(cases: cases, filePath: filePath, sourceLocation: sourceLocation) { draw in
    try body(draw("a", a), draw("b", b))
  }
}

/// Checks that `body` holds for the values of 3 generators.
@discardableResult
public func forAll<A, B, C>(
  _ a: Generator<A>, _ b: Generator<B>, _ c: Generator<C>, cases: Int? = nil, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation, _ body: (A, B, C) throws -> Void
) -> PropertyOutcome {
  property(cases: cases, filePath: filePath, sourceLocation: sourceLocation) { draw in
    try body(draw("a", a), draw("b", b), draw("c", c))
  }
}

/// Checks that `body` holds for the values of 4 generators.
@discardableResult
public func forAll<A, B, C, D>(
  _ a: Generator<A>, _ b: Generator<B>, _ c: Generator<C>, _ d: Generator<D>, cases: Int? = nil,
  filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation, _ body: (A, B, C, D) throws -> Void
) -> PropertyOutcome {
  property(cases: cases, filePath: filePath, sourceLocation: sourceLocation) { draw in
    try body(draw("a", a), draw("b", b), draw("c", c), draw("d", d))
  }
}

/// Checks that `body` holds for the values of 5 generators.
@discardableResult
public func forAll<A, B, C, D, E>(
  _ a: Generator<A>, _ b: Generator<B>, _ c: Generator<C>, _ d: Generator<D>, _ e: Generator<E>,
  cases: Int? = nil, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation, _ body: (A, B, C, D, E) throws -> Void
) -> PropertyOutcome {
  property(cases: cases, filePath: filePath, sourceLocation: sourceLocation) { draw in
    try body(draw("a", a), draw("b", b), draw("c", c), draw("d", d), draw("e", e))
  }
}

/// Checks that `body` holds for the values of 6 generators.
@discardableResult
public func forAll<A, B, C, D, E, F>(
  _ a: Generator<A>, _ b: Generator<B>, _ c: Generator<C>, _ d: Generator<D>, _ e: Generator<E>,
  _ f: Generator<F>, cases: Int? = nil, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation, _ body: (A, B, C, D, E, F) throws -> Void
) -> PropertyOutcome {
  property(cases: cases, filePath: filePath, sourceLocation: sourceLocation) { draw in
    try body(draw("a", a), draw("b", b), draw("c", c), draw("d", d), draw("e", e), draw("f", f))
  }
}
