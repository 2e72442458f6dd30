import KernelsAVX2
import KernelsAVX512
import KernelsBaseline

/// The row kernels of a level.
extension CPULevel {
  func runRows(
    _ instructions: UnsafePointer<RowInstruction>, _ count: Int, _ memory: UnsafePointer<RowMemory>,
    lanes: Int
  ) {
    switch self {
    case .baseline: KernelsBaseline.runRows(instructions, count, memory, lanes: lanes)
    case .avx2: KernelsAVX2.runRows(instructions, count, memory, lanes: lanes)
    case .avx512: KernelsAVX512.runRows(instructions, count, memory, lanes: lanes)
    }
  }

  func gatherRows(
    _ source: UnsafePointer<Float>, inputs: Int, sequenceStride: Int, sequences: Int, lanes: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    let gather =
      switch self {
      case .baseline: KernelsBaseline.gatherRows
      case .avx2: KernelsAVX2.gatherRows
      case .avx512: KernelsAVX512.gatherRows
      }
    gather(source, inputs, sequenceStride, sequences, lanes, target)
  }

  func fillPanel(
    _ source: UnsafePointer<Float>, rows: Int, lanes: Int, place: Int, capacity: Int,
    panel: UnsafeMutablePointer<Float>
  ) {
    let fill =
      switch self {
      case .baseline: KernelsBaseline.fillPanel
      case .avx2: KernelsAVX2.fillPanel
      case .avx512: KernelsAVX512.fillPanel
      }
    fill(source, rows, lanes, place, capacity, panel)
  }

  func addRowGradient(
    gradient: UnsafePointer<Float>, stepRows: Int, rows: Int, panel: UnsafePointer<Float>, capacity: Int,
    columns: Int, steps: Int, sum: UnsafeMutablePointer<Float>, lanes: Int
  ) {
    let add =
      switch self {
      case .baseline: KernelsBaseline.addRowGradient
      case .avx2: KernelsAVX2.addRowGradient
      case .avx512: KernelsAVX512.addRowGradient
      }
    add(gradient, stepRows, rows, panel, capacity, columns, steps, sum, lanes)
  }
}
