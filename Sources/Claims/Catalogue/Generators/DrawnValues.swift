import GatedCells
import LearnabilityWindow
import PropertyEngine
import StableLaws

// How counterexamples print drawn values of other modules: what a reader of the claim needs, and no internals.

extension SymmetricStableLaw: CustomStringConvertible {
  public var description: String {
    "stable(α = \(ValueText.real(tailIndex)), σ = \(ValueText.real(scale)))"
  }
}

extension LagDetection: CustomStringConvertible {
  public var description: String {
    "lag \(lag): signal \(ValueText.real(signal)), noise of α = \(ValueText.real(noise.tailIndex)) and "
      + "σ = \(ValueText.real(noise.scale)), \(sampleCount) sequences"
  }
}

extension DiagonalSplit: CustomStringConvertible {
  /// The entries of each unit's A and B; `o` is its output and `m` its memory, where they differ.
  public var description: String {
    guard let block = twoBlock else { return "A = \(retention), B = \(memoryToMemory)" }
    return "A: m→o \(block.expression), m→m \(retention); B: o→o \(block.outputToOutput), "
      + "m→o \(block.memoryToOutput), o→m \(block.outputToMemory), m→m \(memoryToMemory)"
  }
}
