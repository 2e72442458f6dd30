/// A named array of numbers read from a file, as doubles, the last index fastest.
public struct Tensor: Sendable, Hashable {
  public let name: String
  public let shape: [Int]
  public let values: [Double]

  /// - Precondition: as many values as the shape says.
  public init(name: String, shape: [Int], values: [Double]) {
    precondition(values.count == shape.reduce(1, *), "\(values.count) values do not fill \(shape)")
    self.name = name
    self.shape = shape
    self.values = values
  }
}

/// The tensors of one file, by name.
public struct TensorFile: Sendable {
  /// As given by the user; error messages begin with it.
  public let path: String
  public let tensors: [String: Tensor]

  public init(path: String, tensors: [Tensor]) throws(TensorFileError) {
    self.path = path
    var byName: [String: Tensor] = [:]
    for tensor in tensors {
      guard byName.updateValue(tensor, forKey: tensor.name) == nil else {
        throw .malformed(file: path, "the tensor \"\(tensor.name)\" occurs twice")
      }
    }
    self.tensors = byName
  }

  /// The names in alphabetical order.
  public var names: [String] { tensors.keys.sorted() }

  /// A tensor that must be there.
  /// - Throws: ``TensorFileError/missing(file:tensor:found:)``.
  public func tensor(_ name: String) throws(TensorFileError) -> Tensor {
    guard let tensor = tensors[name] else { throw .missing(file: path, tensor: name, found: names) }
    return tensor
  }

  /// A tensor that must be there with a given shape and finite entries; nil stands for any extent.
  public func tensor(_ name: String, shape expected: [Int?]) throws(TensorFileError) -> Tensor {
    let tensor = try tensor(name)
    let fits =
      tensor.shape.count == expected.count
      && zip(tensor.shape, expected).allSatisfy { $1 == nil || $0 == $1 }
    guard fits else {
      throw .shape(file: path, tensor: name, expected: expected, found: tensor.shape)
    }
    if let index = tensor.values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(file: path, tensor: name, index: index, value: tensor.values[index])
    }
    return tensor
  }
}
