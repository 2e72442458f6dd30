/// The activations that ship with the module, by name.
public enum ActivationCatalogue {
  public static let all: [any SmoothActivation] = [
    HyperbolicTangent(), Logistic(), Sine(), SoftClip(), Softplus(), Identity(),
  ]

  /// Those to which the theory applies.
  public static let bounded: [any SmoothActivation] = all.filter { $0.bounds.value.isFinite }

  /// The activation called `name`, or nil.
  public static func named(_ name: String) -> (any SmoothActivation)? { all.first { $0.name == name } }
}

/// Puts the constants that an activation declares to the test at given points.
public enum ActivationAudit {
  /// Throws ``KernelRegimeError/activationConstantViolated(activation:constant:declared:observed:at:)`` at the
  /// first point where |σ|, |σ′| or |σ″| exceeds what is declared by more than rounding.
  ///
  /// The slack is 8 ulp of the declared constant: each shipped scalar function is a few correctly rounded
  /// operations. Linear in the number of points.
  public static func check(_ activation: any SmoothActivation, at points: [Double]) throws {
    let bounds = activation.bounds
    for z in points {
      let observations = [
        ("σ0", bounds.value, activation.value(z)), ("σ1", bounds.slope, activation.slope(z)),
        ("σ2", bounds.curvature, activation.curvature(z)),
      ]
      for (constant, declared, observed) in observations
      where !(abs(observed) <= declared * (1 + 8 * Double.ulpOfOne)) {
        throw KernelRegimeError.activationConstantViolated(
          activation: activation.name, constant: constant, declared: declared, observed: observed, at: z)
      }
    }
  }
}
