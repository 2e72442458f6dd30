/// Lists whose length lies in a range; shrink by dropping elements, then element by element.
///
/// Each element is preceded by a recorded yes/no (with one allowed value where the bounds on the length decide), so that
/// any element can be dropped by cutting a stretch out of the tape.
/// - Throws: on drawing, ``GeneratorError/emptyRange(_:)`` for a negative count.
public func arrays<Element>(of element: Generator<Element>, count bounds: ClosedRange<Int>) -> Generator<
  [Element]
> {
  let least = bounds.lowerBound
  let most = bounds.upperBound
  if least == most { return arrays(of: element, count: least) }
  return Generator { draw in
    guard least >= 0 else { throw GeneratorError.emptyRange("arrays(count: \(bounds))") }
    var result: [Element] = []
    let target = draw.arrayLength(least, most)
    let probability = 1 - 1 / (1 + Double(most - least) / 2)
    while true {
      let part = draw.beginPart()
      let more = try draw.flag(
        whenRandom: result.count < target, probability: probability,
        forced: result.count < least ? true : result.count == most ? false : nil)
      if more { result.append(try element.produce(draw)) }
      draw.endPart(part)
      if !more { break }
    }
    return result
  }
}

/// Lists of a fixed length: one element after the other, no choices besides theirs.
/// - Throws: on drawing, ``GeneratorError/emptyRange(_:)`` for a negative count.
@_specialize(where Element == Double)
public func arrays<Element>(of element: Generator<Element>, count: Int) -> Generator<[Element]> {
  Generator { draw in
    guard count >= 0 else { throw GeneratorError.emptyRange("arrays(count: \(count))") }
    var result: [Element] = []
    result.reserveCapacity(count)
    for _ in 0..<count { result.append(try element.produce(draw)) }
    return result
  }
}

/// Lists without repeated elements.
public func distinctArrays<Element: Hashable & Sendable>(
  of element: Generator<Element>, count bounds: ClosedRange<Int>
) -> Generator<[Element]> {
  arrays(of: element, count: bounds).map { list in
    var seen: Set<Element> = []
    return list.filter { seen.insert($0).inserted }
  }
  .filter("distinctArrays") { $0.count >= bounds.lowerBound }
}

/// A permutation of `0..<count`, shrinking to the identity.
public func permutations(of count: Int) -> Generator<[Int]> {
  Generator { draw in
    guard count >= 0 else { throw GeneratorError.emptyRange("permutations(of: \(count))") }
    var order = Array(0..<count)
    // Each step takes one of the items left; index 0 everywhere keeps the order.
    for position in order.indices.dropLast() {
      let taken = position + (try draw.index(below: count - position))
      order.insert(order.remove(at: taken), at: position)
    }
    return order
  }
}

extension Draw {
  /// The length a random list is to reach: small, uniform or extreme lengths; not recorded, the yes/no choices are.
  @inline(__always)
  func arrayLength(_ least: Int, _ most: Int) -> Int {
    let width = UInt64(most - least)
    let word = writer.generator.next()
    switch word & 7 {
    case 0: return least + Int(min(word >> 8 & 3, width))
    case 1: return most - Int(min(word >> 8 & 1, width))
    default: return least + Int((word >> 16 & 0xFFFF_FFFF).multipliedFullWidth(by: (width + 1) << 32).high)
    }
  }
}
