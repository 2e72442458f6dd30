import Foundation

@testable import StableLaws

/// A rigorous enclosure: the true value lies within `bound` of `nearest + residual`.
struct Enclosure: Decodable {
  /// What another method found: within `radius` of `nearest + residual + offset`.
  struct Second: Decodable {
    let method: String
    let offset: Double
    let radius: Double

    private enum Keys: String, CodingKey { case method, d, e }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      method = try container.decode(String.self, forKey: .method)
      offset = try hexDouble(container.decode(String.self, forKey: .d))
      radius = try hexDouble(container.decode(String.self, forKey: .e))
    }
  }

  let nearest: Double
  let residual: Double
  let bound: Double
  /// Nil for values derived from others (logarithms).
  let method: String?
  let second: Second?

  private enum Keys: String, CodingKey { case v, r, e, method, second }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    nearest = try hexDouble(container.decode(String.self, forKey: .v))
    residual = try hexDouble(container.decode(String.self, forKey: .r))
    bound = try hexDouble(container.decode(String.self, forKey: .e))
    method = try container.decodeIfPresent(String.self, forKey: .method)
    second = try container.decodeIfPresent(Second.self, forKey: .second)
  }

  /// Whether two methods of different names found this value and their balls overlap. Where the second is no wider than `relative`,
  /// it would also expose a wrong first one of that size.
  func isConfirmed(within relative: Double) -> Bool {
    guard let method, let second, method != second.method else { return false }
    return second.offset.magnitude <= bound + second.radius
      && second.radius <= relative * nearest.magnitude + 5e-324
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

/// A file of Fixtures/stable.
protocol StableFixtureFile: Decodable {
  static var name: String { get }
}

extension StableFixtureFile {
  static func load() throws -> Self {
    try JSONDecoder().decode(Self.self, from: Data(contentsOf: fixture("stable/\(name).json")))
  }
}

/// The place of a file under Fixtures.
func fixture(_ path: String) -> URL {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/" + path)
}

/// Enclosures for 1 ≤ α ≤ 2.
struct StableFixtures: StableFixtureFile {
  static let name = "values"

  struct Point: Decodable {
    let alpha: String
    let x: String
    let density: Enclosure
    let tail: Enclosure
    let logDensity: Enclosure
    let logTail: Enclosure
  }
  struct Quantile: Decodable {
    let alpha: String
    let q: String
    let x: Enclosure
  }

  let points: [Point]
  let quantiles: [Quantile]
}

/// Fisher informations by rigorous quadrature.
struct InformationFixtures: StableFixtureFile {
  static let name = "information"

  struct Entry: Decodable {
    let alpha: String
    let location: Enclosure
    let scale: Enclosure
    let tailIndex: Enclosure
    let tailIndexScale: Enclosure
  }

  let information: [Entry]
}

/// Divergences of shifted copies by rigorous quadrature.
struct DivergenceFixtures: StableFixtureFile {
  static let name = "divergences"

  struct Entry: Decodable {
    let alpha: String
    let shift: String
    let kullbackLeibler: Enclosure
    let jensenShannon: Enclosure
    let totalVariation: Enclosure
  }

  let divergences: [Entry]
}

/// Enclosures for 0 < α < 1.
struct BelowOneFixtures: StableFixtureFile {
  static let name = "below-one"

  struct Point: Decodable {
    let alpha: String
    let x: String
    let density: Enclosure
    let tail: Enclosure
    let centre: Enclosure
    let derivative: Enclosure
  }

  let points: [Point]
  let quantiles: [StableFixtures.Quantile]
}
