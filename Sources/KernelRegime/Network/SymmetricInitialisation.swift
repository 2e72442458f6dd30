import Numerics

/// The mirrored random initialisation: its output is zero for every input, exactly.
///
/// For i < m/2: c_i = ±1, w_i = ±α with fair signs, u_i standard normal in d dimensions, all independent; neuron
/// i + m/2 has the same weights and the opposite readout sign. Source: Cayci & Eryilmaz 2024, symmetric
/// initialisation. Neuron i draws from its own stream, so a wider network extends a narrower one.
public enum SymmetricInitialisation {
  /// - Parameters:
  ///   - spread: α ≥ 0.
  ///   - width: m, even.
  /// - Throws: ``KernelRegimeError``.
  public static func network(
    activation: any SmoothActivation, width: Int, dimension: Int, spread: Double, seed: UInt64
  ) throws -> DiagonalNetwork {
    try Check.evenWidth(width)
    try Check.atLeast(1, "dimension", dimension)
    try Check.nonnegative("spread α", spread)
    let half = width / 2
    var retention = [Double](repeating: 0, count: width)
    var input = [Double](repeating: 0, count: width * dimension)
    var signs = [Double](repeating: 0, count: width)
    for neuron in 0..<half {
      var stream = RandomStream(seed: seed, purpose: "kernel.initialisation", index: UInt64(neuron))
      signs[neuron] = stream.rademacher()
      signs[neuron + half] = -signs[neuron]
      retention[neuron] = spread * stream.rademacher()
      retention[neuron + half] = retention[neuron]
      for k in 0..<dimension {
        input[neuron * dimension + k] = stream.normal()
        input[(neuron + half) * dimension + k] = input[neuron * dimension + k]
      }
    }
    return try DiagonalNetwork(
      activation: activation, dimension: dimension, retention: retention, input: input, signs: signs)
  }
}
