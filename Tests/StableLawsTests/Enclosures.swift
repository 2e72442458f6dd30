import Foundation

@testable import StableLaws

/// A rigorous enclosure: the true value lies within `bound` of `nearest + residual`.
struct Enclosure: Decodable {
  let nearest: Double
  let residual: Double
  let bound: Double

  private enum Keys: String, CodingKey { case v, r, e }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    nearest = try hexDouble(container.decode(String.self, forKey: .v))
    residual = try hexDouble(container.decode(String.self, forKey: .r))
    bound = try hexDouble(container.decode(String.self, forKey: .e))
  }

  /// The largest relative error `value` may have, up to the rounding of this subtraction (10⁻³¹ or so).
  func relativeError(of value: Double) -> Double {
    guard value.isFinite else { return .infinity }
    let error = ((value - nearest) - residual).magnitude + bound
    return error == 0 ? 0 : error / nearest.magnitude
  }
}

func hexDouble(_ text: String) throws -> Double {
  guard let value = Double(text) else { throw FixtureError.badNumber(text) }
  return value
}

enum FixtureError: Error { case badNumber(String), missing(String) }

/// The committed enclosures, read once.
struct StableFixtures: Decodable {
  struct Point: Decodable {
    let alpha: String
    let x: String
    let density: Enclosure
    let tail: Enclosure
    let logDensity: Enclosure
    let logTail: Enclosure
    let methods: [String]
  }
  struct Quantile: Decodable {
    let alpha: String
    let q: String
    let x: Enclosure
  }

  let points: [Point]
  let quantiles: [Quantile]

  static func folder() -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/stable")
  }

  static func load() throws -> StableFixtures {
    let data = try Data(contentsOf: folder().appendingPathComponent("values.json"))
    return try JSONDecoder().decode(StableFixtures.self, from: data)
  }
}

/// Location informations by ball-arithmetic quadrature, read once.
struct InformationFixtures: Decodable {
  struct Entry: Decodable {
    let alpha: String
    let location: Enclosure
  }

  let information: [Entry]

  static func load() throws -> InformationFixtures {
    let data = try Data(contentsOf: StableFixtures.folder().appendingPathComponent("information.json"))
    return try JSONDecoder().decode(InformationFixtures.self, from: data)
  }
}
