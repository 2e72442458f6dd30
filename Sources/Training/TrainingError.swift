import GatedCells

/// What can go wrong before and during training.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  case learningRate(Double)
  case optimizerConstant(name: String, value: Double, allowed: String)
  case notPositive(what: String, value: Int)
  case clip(Double)
  case notFused(cell: String)
  case nonFiniteLoss(loss: Double, epoch: Int, batch: Int)

  public var description: String {
    switch self {
    case .learningRate(let value):
      "the learning rate is \(value); it must be positive and finite"
    case .optimizerConstant(let name, let value, let allowed):
      "\(name) is \(value); allowed is \(allowed)"
    case .notPositive(let what, let value):
      "\(what) is \(value); it must be at least 1"
    case .clip(let value):
      "the clipping norm is \(value); it must be finite, positive to clip or 0 not to clip"
    case .notFused(let cell):
      "there are no fused kernels for the cell \(cell); they hold "
        + BuiltInCell.allCases.map(\.rawValue).joined(separator: ", ")
    case .nonFiniteLoss(let loss, let epoch, let batch):
      """
      the loss became \(loss.isNaN ? "NaN" : "infinite") in epoch \(epoch), batch \(batch): training stopped, and the last \
      good checkpoint is kept; train anew with a lower learning rate or clipping norm
      """
    }
  }
}
