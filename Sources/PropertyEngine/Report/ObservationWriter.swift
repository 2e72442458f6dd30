import Foundation

/// Writes finished cases as JSON lines in the layout that the Tyche viewer reads.
public final class ObservationWriter: Sendable {
  private let path: String
  private let runStart: Double

  /// - Parameters:
  ///   - directory: Made when it does not exist.
  ///   - property: Names the file.
  public init(directory: String, property: String, now: Date = Date()) {
    try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let allowed = property.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "_" }
    path = directory + "/" + String(allowed.suffix(120)) + ".jsonl"
    runStart = now.timeIntervalSince1970
    _ = FileManager.default.createFile(atPath: path, contents: nil)
  }

  /// Appends one case.
  public func write(_ observation: CaseObservation) {
    guard let handle = FileHandle(forWritingAtPath: path) else { return }
    defer { try? handle.close() }
    _ = try? handle.seekToEnd()
    try? handle.write(contentsOf: Data((Self.line(observation, runStart: runStart) + "\n").utf8))
  }

  /// The line of a case.
  public static func line(_ observation: CaseObservation, runStart: Double) -> String {
    let representation = observation.values.map { $0.name.isEmpty ? $0.text : "\($0.name) = \($0.text)" }
      .joined(separator: ", ")
    let status: String =
      switch observation.status {
      case .passed: "passed"
      case .failed: "failed"
      case .rejected: "gave_up"
      }
    let arguments = observation.values.enumerated().map { position, value in
      "\(quote(value.name.isEmpty ? "\(position)" : value.name)): \(quote(value.text))"
    }
    var features = observation.labels.map { "\(quote($0)): true" }
    features += observation.numbers.map {
      "\(quote($0.name)): \($0.value.isFinite ? "\($0.value)" : quote("\($0.value)"))"
    }
    let fields = [
      "\"type\": \"test_case\"", "\"run_start\": \(runStart)", "\"property\": \(quote(observation.property))",
      "\"status\": \"\(status)\"", "\"status_reason\": \(quote(observation.reason))",
      "\"representation\": \(quote(representation))", "\"arguments\": {\(unique(arguments))}",
      "\"how_generated\": \(quote(observation.phase))", "\"features\": {\(unique(features))}",
      "\"coverage\": null",
      "\"timing\": {}", "\"metadata\": {\"case\": \(observation.index)}",
    ]
    return "{\(fields.joined(separator: ", "))}"
  }

  private static func unique(_ fields: [String]) -> String {
    var seen: Set<String> = []
    return fields.filter { seen.insert(String($0.prefix { $0 != ":" })).inserted }.joined(separator: ", ")
  }

  private static func quote(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
