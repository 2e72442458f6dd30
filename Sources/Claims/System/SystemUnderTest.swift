import KernelRegime

/// Everything that claims may call, as a record of functions: the reference holds the real code, a mutant replaces one
/// function by a wrong one, an audited cell replaces the list of cells.
///
/// Claims never call an implementation by name, so every one of them can be seen to fail.
public struct SystemUnderTest: Sendable {
  public var name: String
  /// The cells that claims of scope ``ClaimScope/cells`` quantify over.
  public var cells: [CellUnderTest]
  public var transport: TransportUnderTest
  public var training: TrainingUnderTest
  public var window: WindowUnderTest
  public var stable: StableUnderTest
  public var kernelRegime: KernelRegimeSystem
  public var theory: TheoryUnderTest
  public var author: AuthorCodeUnderTest

  /// The real code with the five built-in cells.
  public static let reference = SystemUnderTest(
    name: "reference", cells: CellUnderTest.builtIn, transport: .reference, training: .reference,
    window: .reference, stable: .reference, kernelRegime: .reference, theory: .reference,
    author: .reference)

  /// The same system with other cells.
  public func auditing(_ cells: [CellUnderTest], name: String) -> SystemUnderTest {
    var copy = self
    copy.cells = cells
    copy.name = name
    return copy
  }
}
