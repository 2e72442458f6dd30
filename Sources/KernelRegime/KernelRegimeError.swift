/// What can be wrong with a request to this module: each case names the value, what is allowed, and a remedy.
public enum KernelRegimeError: Error, Equatable, CustomStringConvertible {
  /// The symmetric initialisation mirrors every neuron, so the width must be even and positive.
  case oddWidth(Int)
  /// A size that must be at least `minimum`.
  case sizeTooSmall(name: String, value: Int, minimum: Int)
  /// A real parameter outside its domain.
  case parameterOutOfDomain(name: String, value: Double, allowed: String)
  /// An input vector longer than one; the bounds of the theory assume ‖X_t‖ ≤ 1.
  case inputTooLong(sequence: Int, step: Int, norm: Double)
  /// Two shapes that must agree.
  case shapeMismatch(name: String, expected: Int, found: Int)
  /// A projection radius below the norm of the teacher's transport map.
  case radiusBelowTeacher(name: String, radius: Double, required: Double)
  /// A bound was asked for an activation that is not bounded.
  case unboundedActivation(String)
  /// An activation exceeds a constant that it declares.
  case activationConstantViolated(
    activation: String, constant: String, declared: Double, observed: Double, at: Double)
  /// A step size larger than the theorem allows.
  case stepTooLarge(step: Double, largest: Double)
  /// A number that is not finite appeared while training.
  case diverged(iteration: Int, loss: Double)

  public var description: String {
    switch self {
    case .oddWidth(let width):
      "width \(width) is not allowed: the symmetric initialisation needs an even, positive number of neurons; "
        + "use \(width > 0 ? width + 1 : 2)"
    case .sizeTooSmall(let name, let value, let minimum):
      "\(name) is \(value), at least \(minimum) is needed"
    case .parameterOutOfDomain(let name, let value, let allowed):
      "\(name) is \(value), allowed is \(allowed)"
    case .inputTooLong(let sequence, let step, let norm):
      "input \(step) of sequence \(sequence) has norm \(norm) > 1, for which the bounds do not hold; "
        + "rescale the data, or allow long inputs and read the bounds as not applicable"
    case .shapeMismatch(let name, let expected, let found):
      "\(name) has \(found) elements, \(expected) are needed"
    case .radiusBelowTeacher(let name, let radius, let required):
      "projection radius \(name) is \(radius), below \(required), the norm of the teacher: the theorem needs "
        + "a radius of at least \(required)"
    case .unboundedActivation(let name):
      "the activation \(name) is unbounded, so it has no finite constants; use a bounded one such as tanh"
    case .activationConstantViolated(let activation, let constant, let declared, let observed, let at):
      "the activation \(activation) declares \(constant) = \(declared) but reaches \(observed) at z = \(at); "
        + "declare at least that"
    case .stepTooLarge(let step, let largest):
      "step size \(step) exceeds \(largest) = 1/(4Λ), the largest for which the theorem holds"
    case .diverged(let iteration, let loss):
      "the loss became \(loss) at iteration \(iteration); use a smaller step size"
    }
  }
}

/// Checks shared by the public entry points.
enum Check {
  static func atLeast(_ minimum: Int, _ name: String, _ value: Int) throws {
    guard value >= minimum else {
      throw KernelRegimeError.sizeTooSmall(name: name, value: value, minimum: minimum)
    }
  }

  static func nonnegative(_ name: String, _ value: Double) throws {
    guard value >= 0, value.isFinite else {
      throw KernelRegimeError.parameterOutOfDomain(
        name: name, value: value, allowed: "a finite number, zero or more")
    }
  }

  static func positive(_ name: String, _ value: Double) throws {
    guard value > 0, value.isFinite else {
      throw KernelRegimeError.parameterOutOfDomain(
        name: name, value: value, allowed: "a finite number above zero")
    }
  }

  static func probability(_ name: String, _ value: Double) throws {
    guard value > 0, value < 1 else {
      throw KernelRegimeError.parameterOutOfDomain(
        name: name, value: value, allowed: "strictly between 0 and 1")
    }
  }

  static func evenWidth(_ width: Int) throws {
    guard width > 0, width.isMultiple(of: 2) else { throw KernelRegimeError.oddWidth(width) }
  }

  static func same(_ name: String, expected: Int, found: Int) throws {
    guard expected == found else {
      throw KernelRegimeError.shapeMismatch(name: name, expected: expected, found: found)
    }
  }
}
