/// Sequences of one length with their targets, in single precision.
public struct SequenceBatch: Sendable, Hashable {
  /// `count × steps × inputSize`, the last index fastest.
  public let inputs: [Float]
  /// `count × steps`.
  public let targets: [Float]
  public let count: Int
  public let steps: Int
  public let inputSize: Int

  /// - Precondition: The arrays have the lengths that the sizes say.
  public init(inputs: [Float], targets: [Float], count: Int, steps: Int, inputSize: Int) {
    precondition(
      inputs.count == count * steps * inputSize && targets.count == count * steps,
      "\(inputs.count) inputs and \(targets.count) targets do not make \(count)×\(steps)×\(inputSize)")
    self.inputs = inputs
    self.targets = targets
    self.count = count
    self.steps = steps
    self.inputSize = inputSize
  }

  /// The inputs of one sequence, `T × D`, in double precision.
  public func inputs(of sequence: Int) -> [Double] {
    let width = steps * inputSize
    return inputs[sequence * width..<(sequence + 1) * width].map(Double.init)
  }

  /// The targets of one sequence.
  public func targets(of sequence: Int) -> [Double] {
    targets[sequence * steps..<(sequence + 1) * steps].map(Double.init)
  }
}
