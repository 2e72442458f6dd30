import Foundation
import Numerics
import Testing

@testable import StableLaws

@Suite struct SubCauchyLawTests {
  /// Every value is within its own proved bound of every rigorous enclosure, and the bound is at most the stated accuracy: indices from
  /// 1/16 to 1 − 2⁻³⁰ and random ones, |x| from 10⁻¹² to 10⁸.
  @Test func pointwise() throws {
    let fixtures = try BelowOneFixtures.load()
    #expect(fixtures.points.count >= 200)
    var worst = [String: (error: Double, bound: Double)]()
    for point in fixtures.points {
      let alpha = try hexDouble(point.alpha)
      let x = try hexDouble(point.x)
      let law = try SubCauchyLaw(tailIndex: alpha)
      let truths: [(RayIntegral.Kind, Enclosure)] = [
        (.density, point.density), (.tail, point.tail), (.centre, point.centre),
        (.derivative, point.derivative),
      ]
      for (kind, truth) in truths {
        let result = try law.certified(kind, x)
        let error = truth.relativeError(of: result.value)
        let last = worst[kind.rawValue] ?? (0, 0)
        worst[kind.rawValue] = (max(last.error, error), max(last.bound, result.relativeBound))
        #expect(error <= result.relativeBound, "\(kind) at α=\(alpha), x=\(x): error \(error)")
      }
      // Signs and the closed form at zero belong to the law itself.
      #expect(point.density.relativeError(of: try law.density(-x)) <= SubCauchyLaw.accuracy)
      #expect(
        point.derivative.relativeError(of: -(try law.densityDerivative(-x)))
          <= SubCauchyLaw.accuracy(.derivative))
      #expect(point.tail.relativeError(of: try law.cumulative(-x)) <= SubCauchyLaw.accuracy)
      #expect(
        point.centre.relativeError(of: try law.totalVariation(shift: 2 * x) / 2) <= SubCauchyLaw.accuracy)
    }
    for (name, record) in worst.sorted(by: { $0.key < $1.key }) {
      print(
        "largest relative error of the \(name) below α = 1: \(record.error), largest bound: \(record.bound)")
    }
  }

  /// Quantiles are within the stated bound of every rigorous enclosure.
  @Test func quantiles() throws {
    let fixtures = try BelowOneFixtures.load()
    #expect(fixtures.quantiles.count >= 60)
    var worst = 0.0
    for entry in fixtures.quantiles {
      let alpha = try hexDouble(entry.alpha)
      let q = try hexDouble(entry.q)
      let law = try SubCauchyLaw(tailIndex: alpha)
      let value = try law.upperQuantile(q)
      let error = entry.x.relativeError(of: value)
      worst = max(worst, error)
      #expect(
        error <= SubCauchyLaw.quantileAccuracy, "quantile at α=\(alpha), q=\(q): relative error \(error)")
      #expect(try law.quantile(q) == -value)
    }
    print("largest relative error of the quantile below α = 1: \(worst)")
  }

  /// Every enclosure below one was found by two methods, which overlap and agree far beyond the accuracy that is tested.
  @Test func enclosuresHaveTwoMethods() throws {
    let fixtures = try BelowOneFixtures.load()
    for point in fixtures.points {
      for value in [point.density, point.tail, point.centre, point.derivative] {
        #expect(value.isConfirmed(within: 1e-17), "α = \(point.alpha), x = \(point.x)")
      }
    }
    for entry in fixtures.quantiles {
      #expect(entry.x.isConfirmed(within: 1e-17), "α = \(entry.alpha), q = \(entry.q)")
    }
  }

  /// Inside the range named by the error nothing is refused: random indices, arguments over all magnitudes.
  @Test func reachIsReached() throws {
    var draw = RandomStream(seed: 6, purpose: "stable.reach")
    var largest: [String: Double] = [:]
    for _ in 0..<400 {
      let law = try SubCauchyLaw(tailIndex: 0.0625 + 0.9375 * draw.uniform())
      for kind in [RayIntegral.Kind.density, .tail, .centre, .derivative] {
        let reach = law.reach(kind)
        let (low, high) = (log(reach.lowerBound), log(reach.upperBound))
        let x = min(reach.upperBound, exp(low + (high - low) * draw.uniform()))
        let bound = law.integral(kind, x).relativeBound
        largest[kind.rawValue] = max(bound, largest[kind.rawValue] ?? 0)
        #expect(bound <= SubCauchyLaw.accuracy(kind), "\(kind) at α=\(law.tailIndex), x=\(x): bound \(bound)")
      }
      // The quantile must itself be within reach of the density.
      let least = law.tailConstant * pow(law.reach(.density).upperBound, -law.tailIndex)
      let q = max(4 * least, exp(-30 * draw.uniform()) / 2)
      #expect(throws: Never.self) { try law.upperQuantile(q) }
    }
    print("largest relative bounds below α = 1: \(largest)")
  }

  /// Beyond the reach: an error that names the function, the index, the point and the range, never a number.
  @Test func outOfReach() throws {
    let law = try SubCauchyLaw(tailIndex: 0.5, scale: 2)
    #expect {
      _ = try law.density(1e300)
    } throws: { error in
      guard case .outOfReach(let function, let index, let x, let reach) = error as? StableLawError else {
        return false
      }
      let text = "\(error)"
      return function == "density" && index == 0.5 && x == 5e299 && !reach.contains(x) && text.contains("0.5")
        && text.contains("5e+299") && text.contains("1e-290")
    }
    #expect(throws: StableLawError.self) { try law.density(.nan) }
    #expect(throws: StableLawError.self) { try law.quantile(0) }
    #expect(throws: StableLawError.self) { try law.upperQuantile(1e-200) }
    #expect(try law.tail(.infinity) == 0 && law.tail(-.infinity) == 1 && law.density(.infinity) == 0)
    #expect(try law.tail(0) == 0.5 && law.score(0) == 0 && law.upperQuantile(0.5) == 0)
    for index in [0.0624, 1, 0, -1, .nan] {
      #expect {
        _ = try SubCauchyLaw(tailIndex: index)
      } throws: { error in
        "\(error)".contains("\(index)")
      }
    }
    #expect(throws: StableLawError.self) { try SubCauchyLaw(tailIndex: 0.5, scale: 0) }
  }
}
