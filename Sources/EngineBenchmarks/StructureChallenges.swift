import PropertyEngine

extension Challenges {
  static let structures: [Challenge] = [
    Challenge(
      name: "bound5", allowed: 3,
      property: Property("bound5") { draw in
        let small = arrays(of: integers(as: Int16.self), count: 0...10).filter { $0.reduce(0, &+) < 256 }
        let lists = try draw("lists", arrays(of: small, count: 5))
        try holds(lists.flatMap { $0 }.reduce(0, &+) < 5 * 256)
      }),
    Challenge(
      name: "calculator", allowed: 3,
      property: Property("calculator") { draw in
        let expression = try draw("expression", expressions)
        try assume(!expression.dividesByLiteralZero)
        _ = try expression.value()
      }),
    Challenge(
      name: "heap", allowed: 3,
      property: Property("heap") { draw in
        let heap = try draw("heap", heaps(depth: 5, least: 0))
        let wrong = heap.wrongSortedList
        try holds(wrong == wrong.sorted(), "not sorted")
        try holds(heap.elements.sorted() == wrong, "not the same elements")
      }),
  ]

  static let expressions = recursive(depth: 5, leaf: integers(in: -100...100).map(Expression.number)) {
    part in
    oneOf(
      pairs(part, part).map { .sum($0, $1) },
      pairs(part, part).map { .quotient($0, $1) })
  }

  static func heaps(depth: Int, least: Int) -> Generator<Heap> {
    Generator { draw in
      guard try draw.bool(forced: depth > 0 ? nil : false) else { return .empty }
      let value = try draw(integers(in: least...1000))
      let part = draw.beginPart()
      let left = try draw(heaps(depth: depth - 1, least: value))
      draw.endPart(part)
      let other = draw.beginPart()
      let right = try draw(heaps(depth: depth - 1, least: value))
      draw.endPart(other)
      return .node(value, left, right)
    }
  }
}

/// Arithmetic with a division that forgets that a sum can be zero.
indirect enum Expression: CustomStringConvertible, Sendable {
  case number(Int)
  case sum(Expression, Expression)
  case quotient(Expression, Expression)

  struct DivisionByZero: Error {}

  func value() throws -> Int {
    switch self {
    case .number(let number): return number
    case .sum(let a, let b): return try a.value() &+ b.value()
    case .quotient(let a, let b):
      let divisor = try b.value()
      if divisor == 0 { throw DivisionByZero() }
      return try a.value().dividedReportingOverflow(by: divisor).partialValue
    }
  }

  var dividesByLiteralZero: Bool {
    switch self {
    case .number: false
    case .sum(let a, let b): a.dividesByLiteralZero || b.dividesByLiteralZero
    case .quotient(_, .number(0)): true
    case .quotient(let a, let b): a.dividesByLiteralZero || b.dividesByLiteralZero
    }
  }

  var description: String {
    switch self {
    case .number(let number): "\(number)"
    case .sum(let a, let b): "(\(a) + \(b))"
    case .quotient(let a, let b): "(\(a) / \(b))"
    }
  }
}

/// A binary heap whose sorted list forgets to merge again.
indirect enum Heap: CustomStringConvertible, Sendable {
  case empty
  case node(Int, Heap, Heap)

  var elements: [Int] {
    switch self {
    case .empty: []
    case .node(let value, let left, let right): [value] + left.elements + right.elements
    }
  }

  static func merged(_ a: Heap, _ b: Heap) -> Heap {
    switch (a, b) {
    case (.empty, _): return b
    case (_, .empty): return a
    case (.node(let x, let l, let r), .node(let y, let m, let s)):
      return x <= y ? .node(x, merged(r, b), l) : .node(y, merged(s, a), m)
    }
  }

  var wrongSortedList: [Int] {
    guard case .node(let value, let left, let right) = self else { return [] }
    return [value] + Heap.merged(left, right).elements
  }

  var description: String {
    switch self {
    case .empty: "-"
    case .node(let value, let left, let right): "(\(value) \(left) \(right))"
    }
  }
}
