import Foundation

/// Infinite-width kernels that have a closed form.
public enum ClosedFormKernel {
  /// σ = sin at the first step: ½(e^{−‖x−x′‖²/2} + e^{−‖x+x′‖²/2})⟨x, x′⟩.
  ///
  /// From cos a·cos b = ½(cos(a−b) + cos(a+b)) and E cos⟨u, v⟩ = e^{−‖v‖²/2}; at t = 1 the w-part vanishes since h_0 = 0.
  public static func sineFirstStep(_ x: [Double], _ y: [Double]) -> Double {
    var difference = 0.0
    var sum = 0.0
    var product = 0.0
    for (a, b) in zip(x, y) {
      difference += (a - b) * (a - b)
      sum += (a + b) * (a + b)
      product += a * b
    }
    return 0.5 * (exp(-difference / 2) + exp(-sum / 2)) * product
  }

  /// σ = identity at every step t = 1 … T, for two sequences of T·d inputs:
  /// `κ_t = Σ_{k,l<t, k+l even} (α^{k+l} + k l α^{k+l−2}) ⟨X_{t−k}, X′_{t−l}⟩`.
  ///
  /// From ∂_u h_t = Σ w^k X_{t−k}, ∂_w h_t = Σ k w^{k−1}⟨u, X_{t−k}⟩, E uuᵀ = I and E w^{odd} = 0. Time O(T³d).
  public static func identity(spread: Double, dimension: Int, _ first: [Double], _ second: [Double])
    -> [Double]
  {
    let steps = first.count / dimension
    return (1...max(steps, 1)).prefix(steps).map { t in
      var total = 0.0
      for k in 0..<t {
        for l in 0..<t where (k + l).isMultiple(of: 2) {
          var product = 0.0
          for component in 0..<dimension {
            product +=
              first[(t - 1 - k) * dimension + component] * second[(t - 1 - l) * dimension + component]
          }
          let ofInput = pow(spread, Double(k + l))
          let ofRetention = k * l == 0 ? 0 : Double(k * l) * pow(spread, Double(k + l - 2))
          total += (ofInput + ofRetention) * product
        }
      }
      return total
    }
  }
}
