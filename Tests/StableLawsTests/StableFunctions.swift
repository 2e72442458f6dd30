import Foundation
import Numerics
import Synchronization

@testable import StableLaws

/// The functions under test as values, so that a wrong one can be put in their place.
struct StableFunctions: Sendable {
  var density: @Sendable (_ alpha: Double, _ x: Double) -> Double
  var tail: @Sendable (_ alpha: Double, _ x: Double) -> Double
  var logDensity: @Sendable (_ alpha: Double, _ x: Double) -> Double
  var logTail: @Sendable (_ alpha: Double, _ x: Double) -> Double
  var derivative: @Sendable (_ alpha: Double, _ x: Double) -> Double
  var upperQuantile: @Sendable (_ alpha: Double, _ q: Double) -> Double
  var scaledDensity: @Sendable (_ alpha: Double, _ sigma: Double, _ x: Double) -> Double
  var sample: @Sendable (_ alpha: Double, _ count: Int, _ stream: inout RandomStream) -> [Double]
  var shiftDistance: @Sendable (_ alpha: Double, _ shift: Double) -> Double
  var divergence: @Sendable (_ alpha: Double, _ shift: Double) -> Double
  var meanScale: @Sendable (_ alpha: Double, _ count: Int) -> Double

  private struct Parameters: Hashable {
    var alpha: Double
    var sigma: Double
  }

  /// The properties ask for one law at thousands of points: the last few are kept.
  private static let kept = Mutex<[Parameters: SymmetricStableLaw]>([:])

  static func law(_ alpha: Double, _ sigma: Double = 1) -> SymmetricStableLaw {
    let key = Parameters(alpha: alpha, sigma: sigma)
    if let law = kept.withLock({ $0[key] }) { return law }
    do {
      let law = try SymmetricStableLaw(tailIndex: alpha, scale: sigma)
      kept.withLock {
        if $0.count > 100 { $0.removeAll() }
        $0[key] = law
      }
      return law
    } catch {
      preconditionFailure("the properties draw valid parameters only: \(error)")
    }
  }

  static let reference = StableFunctions(
    density: { law($0).density($1) },
    tail: { law($0).tail($1) },
    logDensity: { law($0).logDensity($1) },
    logTail: { law($0).logTail($1) },
    derivative: { law($0).densityDerivative($1) },
    upperQuantile: { (try? law($0).upperQuantile($1)) ?? .nan },
    scaledDensity: { law($0, $1).density($2) },
    sample: { law($0).sample($1, using: &$2) },
    shiftDistance: { (try? law($0).totalVariation(shift: $1)) ?? .nan },
    divergence: { (try? law($0).klDivergence(shift: $1)) ?? .nan },
    meanScale: { (try? law($0).mean(of: $1))?.scale ?? .nan })

  static func heavy(_ alpha: Double, _ sigma: Double = 1) -> SubCauchyLaw {
    do {
      return try SubCauchyLaw(tailIndex: alpha, scale: sigma)
    } catch {
      preconditionFailure("the properties draw valid parameters only: \(error)")
    }
  }

  /// The functions of the laws with α < 1; a refused value is NaN and fails every identity.
  static let subCauchy = StableFunctions(
    density: { (try? heavy($0).density($1)) ?? .nan },
    tail: { (try? heavy($0).tail($1)) ?? .nan },
    logDensity: { (try? heavy($0).logDensity($1)) ?? .nan },
    logTail: { (try? heavy($0).logTail($1)) ?? .nan },
    derivative: { (try? heavy($0).densityDerivative($1)) ?? .nan },
    upperQuantile: { (try? heavy($0).upperQuantile($1)) ?? .nan },
    scaledDensity: { (try? heavy($0, $1).density($2)) ?? .nan },
    sample: { heavy($0).sample($1, using: &$2) },
    shiftDistance: { (try? heavy($0).totalVariation(shift: $1)) ?? .nan },
    divergence: { _, _ in .nan },
    meanScale: { (try? heavy($0).mean(of: $1))?.scale ?? .nan })

  /// The functions of the laws with α < 1 with one change.
  static func subCauchyMutant(_ change: (inout StableFunctions) -> Void) -> StableFunctions {
    var functions = subCauchy
    change(&functions)
    return functions
  }

  /// The reference with one change.
  static func mutant(_ change: (inout StableFunctions) -> Void) -> StableFunctions {
    var functions = reference
    change(&functions)
    return functions
  }
}
