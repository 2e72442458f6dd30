import LearnabilityWindow
import Numerics
import StableLaws
import Testing

@Suite struct NoiseEstimationTests {
  /// Every sample of a stable law, the Gaussian included, is given a law, and the tail index is within the reach of its
  /// standard error: no lag drops out for want of an estimate.
  @Test func everySampleGetsALaw() throws {
    for tailIndex in [1.2, 1.5, 1.8, 2.0] {
      let law = try SymmetricStableLaw(tailIndex: tailIndex, scale: 3e-7)
      for seed in 0..<20 as Range<UInt64> {
        var stream = RandomStream(seed: seed, purpose: "test.noise")
        let noise = NoiseEstimate(samples: law.sample(256, using: &stream).map { $0 + 1e-7 })
        // Cramér–Rao: at most 1.54/√256 = 0.096 for the index and 1.4/√256 = 0.09 for the relative scale. Six of these, and
        // twice that for the small sample: one false alarm in more than 10⁸ by the normal limit, with a fixed seed.
        #expect(abs(noise.tailIndex - tailIndex) <= 0.6, "α \(tailIndex), seed \(seed): \(noise)")
        #expect(abs(noise.scale / 3e-7 - 1) <= 0.6, "α \(tailIndex), seed \(seed): \(noise)")
        #expect(noise.isReliable)
      }
    }
  }

  /// Samples that determine no law give none: an unreliable estimate without a tail index, never a silent 2.
  @Test func degenerateSamplesGiveNone() {
    for samples in [[], [1.0], [Double](repeating: 0.5, count: 100)] {
      let noise = NoiseEstimate(samples: samples)
      #expect(noise.tailIndex.isNaN && noise.scale == 0 && !noise.isReliable && noise.method == "none")
      #expect(noise.signError(signalToNoise: 3) == 0.5)
    }
  }
}
