import GatedCells
import Numerics

/// Everything that no cell of the catalogue does.
struct UnusualCell: RecurrentCell {
  let name = "unusual"
  let inputSize = 2
  let hiddenSize: Int
  let layout: ParameterLayout
  private let square, bias, scale: ParameterBlock

  var stateSize: Int { 3 * hiddenSize }
  var output: Range<Int> { hiddenSize..<2 * hiddenSize }

  init(hiddenSize: Int) {
    self.hiddenSize = hiddenSize
    var layout = ParameterLayout()
    square = layout.append("U", rows: hiddenSize, columns: hiddenSize, role: .recurrentWeights)
    bias = layout.append("b", rows: hiddenSize, role: .bias)
    scale = layout.append("s", rows: hiddenSize, role: .bias)
    self.layout = layout
  }

  func step<S: Scalar>(_ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]) -> [S] {
    let bias = parameters.vector(bias)
    let rates = parameters.vector(scale).map { S.exp($0) / (S.one + S.exp($0)) }
    let hidden = Array(recurrent[output])
    // Written out, with the weights of the product below and in the order of columns.
    var mixed = bias
    for column in 0..<hiddenSize {
      for row in 0..<hiddenSize {
        mixed[row] =
          mixed[row] + parameters.values[square.offset + row * hiddenSize + column] * hidden[column]
      }
    }
    let twice = parameters.product(square, parameters.product(square, mixed.reversed()))
    let fixed = parameters.product(square, bias)
    let size = twice.reduce(S.one) { $0 + $1 * $1 }
    let moved = (0..<hiddenSize).map { unit in
      rates[unit] * retained[unit] + S.tanh(twice[unit] / S.squareRoot(size) + fixed[unit] + input[1])
    }
    let positive = S.log(S.one + S.exp(input[0]) * S.one)
    // Moved, repeated, unchanged in places: and the last coordinate forgets.
    let visible = (0..<hiddenSize).map { moved[hiddenSize - 1 - $0] * positive }
    return visible + moved + visible.dropLast() + [S(0.25)]
  }
}

/// Goes another way for negative inputs.
struct LookingCell: RecurrentCell {
  let name = "looking"
  let inputSize = 1
  let hiddenSize = 1
  let layout = ParameterLayout()

  func step<S: Scalar>(_ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]) -> [S] {
    if let x = input[0] as? Double, x < 0 { return [S.tanh(retained[0])] }
    return [S.tanh(retained[0] + input[0])]
  }
}
