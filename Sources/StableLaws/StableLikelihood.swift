import Foundation

/// The log likelihood of a sample with its gradient and Hessian in (α, log σ, μ/σ).
struct StableLikelihood {
  var value = 0.0
  /// Derivatives in α, log σ and the location in units of σ.
  var gradient = (0.0, 0.0, 0.0)
  /// Second derivatives: αα, αλ, αm, λλ, λm, mm.
  var hessian = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
  /// Sums of products of scores in the same order: positive semidefinite whatever the point.
  var products = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

  /// One pass over the sample, about a tenth of a microsecond an observation.
  init(_ sample: StableSample, tailIndex: Double, scale: Double, location: Double) {
    let jets = StableJetTable(tailIndex)
    let reciprocal = 1 / scale
    var (l, ga, gl, gm) = (0.0, 0.0, 0.0, 0.0)
    var (haa, hal, ham, hll, hlm, hmm) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    var (paa, pal, pam, pll, plm, pmm) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    sample.forEach { value, weight in
      let z = (value - location) * reciprocal
      let jet = jets(z.magnitude)
      // Odd derivatives take the sign of z.
      let sign: Double = z < 0 ? -1 : 1
      let dx = sign * jet.dx
      let dxa = sign * jet.dxa
      let sl = -(dx * z + 1)
      let sm = -dx
      l += weight * jet.logDensity
      ga += weight * jet.da
      gl += weight * sl
      gm += weight * sm
      haa += weight * jet.daa
      hal -= weight * dxa * z
      ham -= weight * dxa
      hll += weight * (jet.dxx * z * z + dx * z)
      hlm += weight * (jet.dxx * z + dx)
      hmm += weight * jet.dxx
      paa += weight * jet.da * jet.da
      pal += weight * jet.da * sl
      pam += weight * jet.da * sm
      pll += weight * sl * sl
      plm += weight * sl * sm
      pmm += weight * sm * sm
    }
    value = l - Double(sample.count) * Foundation.log(scale)
    gradient = (ga, gl, gm)
    hessian = (haa, hal, ham, hll, hlm, hmm)
    products = (paa, pal, pam, pll, plm, pmm)
  }

  /// Minus the Hessian as a row-major matrix over the coordinates (α, log σ, μ/σ).
  var observedInformation: [Double] {
    let h = hessian
    return [-h.0, -h.1, -h.2, -h.1, -h.3, -h.4, -h.2, -h.4, -h.5]
  }
}
