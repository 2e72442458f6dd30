/// Fails the case unless `condition` is true.
/// - Parameter message: Evaluated only on failure; say what should hold and give the values.
public func holds(
  _ condition: Bool, _ message: @autoclosure () -> String = "", fileID: String = #fileID, line: Int = #line
) throws {
  if condition { return }
  let text = message()
  throw CheckFailure(
    message: text.isEmpty ? "holds(false) at \(fileName(fileID)):\(line)" : text,
    key: "holds \(fileName(fileID))", line: line)
}

/// Fails the case unless the two values are equal.
public func equal<Value: Equatable>(
  _ actual: @autoclosure () throws -> Value, _ expected: @autoclosure () throws -> Value, _ note: String = "",
  fileID: String = #fileID, line: Int = #line
) throws {
  let a = try actual()
  let b = try expected()
  if a == b { return }
  throw CheckFailure(
    message: "\(prefix(note))\(ValueText.describe(a)) is not equal to \(ValueText.describe(b))",
    key: "equal \(fileName(fileID))\(suffix(note))", line: line)
}

/// Fails the case unless `|actual − expected| ≤ bound`; not-a-number on any side fails.
/// - Parameter bound: A derived error bound, with an absolute floor: a bound that can underflow to zero fails on
///   subnormal values.
public func close(
  _ actual: Double, _ expected: Double, within bound: Double, _ note: String = "", fileID: String = #fileID,
  line: Int = #line
) throws {
  if actual == expected && !bound.isNaN { return }
  let difference = abs(actual - expected)
  if difference <= bound { return }
  throw CheckFailure(
    message:
      "\(prefix(note))\(ValueText.real(actual)) differs from \(ValueText.real(expected)) by \(difference) "
      + "> bound \(bound)",
    key: "close \(fileName(fileID))\(suffix(note))", line: line)
}

/// Fails the case unless every pair of elements is close; names the first position that is not.
public func close(
  _ actual: [Double], _ expected: [Double], within bound: Double, _ note: String = "",
  fileID: String = #fileID,
  line: Int = #line
) throws {
  guard actual.count == expected.count else {
    throw CheckFailure(
      message: "\(prefix(note))\(actual.count) values where \(expected.count) are expected",
      key: "close count \(fileName(fileID))\(suffix(note))", line: line)
  }
  for position in actual.indices {
    let difference = abs(actual[position] - expected[position])
    if actual[position] == expected[position] || difference <= bound { continue }
    throw CheckFailure(
      message: "\(prefix(note))element \(position): \(ValueText.real(actual[position])) differs from "
        + "\(ValueText.real(expected[position])) by \(difference) > bound \(bound)",
      key: "close \(fileName(fileID))\(suffix(note))", line: line)
  }
}

/// Fails the case unless `value ≤ limit`; not-a-number fails.
public func atMost(
  _ value: Double, _ limit: Double, _ note: String = "", fileID: String = #fileID, line: Int = #line
) throws {
  if value <= limit { return }
  throw CheckFailure(
    message: "\(prefix(note))\(ValueText.real(value)) is above \(ValueText.real(limit))",
    key: "atMost \(fileName(fileID))\(suffix(note))", line: line)
}

/// Abandons the case unless `condition` is true: it counts as rejected, neither passed nor failed.
public func assume(_ condition: Bool, fileID: String = #fileID, line: Int = #line) throws {
  if !condition { throw Rejection("assume at \(fileName(fileID)):\(line)") }
}

/// Fails the case unless `body` throws an error of the type.
public func throwsError<Failure: Error, Value>(
  _ type: Failure.Type, _ note: String = "", fileID: String = #fileID, line: Int = #line,
  _ body: () throws -> Value
) throws {
  do {
    let value = try body()
    throw CheckFailure(
      message: "\(prefix(note))returned \(ValueText.describe(value)) where \(type) should be thrown",
      key: "throwsError \(fileName(fileID))\(suffix(note))", line: line)
  } catch is Failure where Failure.self != CheckFailure.self {
    return
  }
}

private func fileName(_ fileID: String) -> Substring {
  fileID[(fileID.lastIndex(of: "/").map { fileID.index(after: $0) } ?? fileID.startIndex)...]
}

private func prefix(_ note: String) -> String { note.isEmpty ? "" : note + ": " }
private func suffix(_ note: String) -> String { note.isEmpty ? "" : " \"\(note)\"" }
