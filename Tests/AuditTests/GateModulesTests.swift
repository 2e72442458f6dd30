import Claims
import GatedCells
import TensorFiles
import Testing

@Suite struct GateModulesTests {
  /// The modules of the published code, with the names that they have there, have the states that PyTorch computes: gates,
  /// candidate, layer norm and, for the const cell, the gate's value are all where they belong.
  @Test(arguments: BuiltInCell.allCases) func publishedModulesAgreeWithPyTorch(kind: BuiltInCell) throws {
    let trained = try TrainedCell(LayerFixtures.read("gates-\(kind.rawValue).safetensors"), kind: kind)
    #expect(trained.cell.name == kind.rawValue)
    try LayerFixtures.expectStates(trained, "gates-\(kind.rawValue)")
  }

  /// Other letters for the candidate give the same parameters.
  @Test(arguments: [(BuiltInCell.gru, "h", ["g", "n", "c"]), (.lstm, "g", ["c", "n", "h"])])
  func candidatesHaveSeveralNames(kind: BuiltInCell, letter: String, others: [String]) throws {
    let name = "gates-\(kind.rawValue).safetensors"
    let original = try TrainedCell(LayerFixtures.read(name), kind: kind)
    let tensors = try LayerFixtures.read(name).tensors
    for other in others {
      let old = ["W\(letter).weight", "W\(letter).bias", "U\(letter).weight"]
      let renamed = try old.map { name in
        let tensor = try #require(tensors[name])
        return Tensor(
          name: name.prefix(1) + other + name.dropFirst(2), shape: tensor.shape, values: tensor.values)
      }
      let trained = try TrainedCell(LayerFixtures.read(name, without: old, with: renamed), kind: kind)
      #expect(trained.parameters == original.parameters)
      #expect(trained.layout.contains("candidate W\(other) and U\(other)"))
    }
  }

  private func message(_ kind: BuiltInCell, without: [String] = [], with added: [Tensor] = []) throws
    -> String
  {
    try #require(throws: TensorFileError.self) {
      try TrainedCell(
        LayerFixtures.read("gates-\(kind.rawValue).safetensors", without: without, with: added), kind: kind)
    }.description
  }

  /// No candidate, two candidates, two norms, a map too many, a gate's value outside (0, 1): each is told by name.
  @Test func whatDoesNotFitIsNamed() throws {
    func square(_ name: String) -> Tensor {
      Tensor(name: name, shape: [4, 4], values: [Double](repeating: 0, count: 16))
    }
    #expect(
      try message(.gru, without: ["Wh.weight"]).contains(
        "exactly one of Wh, Wg, Wn, Wc; among the linear maps are none of them (found: Wr, Wz)"))
    #expect(try message(.gru, with: [square("Wg.weight")]).contains("are Wh and Wg"))
    let norm = Tensor(name: "ln.weight", shape: [4], values: [1, 1, 1, 1])
    #expect(try message(.lstm, with: [norm]).contains("found ln_cand and ln"))
    #expect(
      try message(.diag, with: [square("Wq.weight")]).contains("\"Wq.weight\": has no place in a diag")
    )
    let output = Tensor(name: "norm_out.weight", shape: [4], values: [1, 1, 1, 1])
    #expect(try message(.gru, with: [output]).contains("\"norm_out.weight\": has no place"))
    let gate = Tensor(name: "s_const", shape: [], values: [1.5])
    #expect(
      try message(.const, with: [gate]).contains("holds [1.5]; expected one number between 0 and 1"))
    #expect(try message(.const, without: ["s_const"]).contains("there is no tensor \"s_const\""))
    #expect(try message(.shared, with: [square("Ws.weight")]).contains("expected [1, 3]"))
  }

  /// There is no second layer.
  @Test func thereIsOneLayer() throws {
    let error = try #require(throws: TensorFileError.self) {
      try TrainedCell(LayerFixtures.read("gates-gru.safetensors"), kind: .gru, layer: 1)
    }
    #expect(error.description.contains("the module has one layer"))
  }
}
