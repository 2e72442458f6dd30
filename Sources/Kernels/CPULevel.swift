import Foundation
import KernelsAVX2
import KernelsAVX512
import KernelsBaseline

/// Instruction sets the tile kernels are compiled for. Results are the same bits on all of them.
public enum CPULevel: String, Sendable, CaseIterable, Codable {
  /// Any processor the toolchain targets. On x86-64 without FMA instructions: correct, and slow.
  case baseline
  /// AVX2 and FMA: x86-64-v3.
  case avx2
  /// AVX-512 F, BW, CD, DQ, VL: x86-64-v4.
  case avx512

  /// The levels this machine can run, slowest first.
  public static let supported: [CPULevel] = {
    #if arch(x86_64) && os(Linux)
      guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
        let line = text.split(separator: "\n").first(where: { $0.hasPrefix("flags") })
      else { return [.baseline] }
      let flags = Set(line.split(separator: " "))
      guard flags.isSuperset(of: ["avx2", "fma", "bmi1", "bmi2", "f16c", "movbe", "abm"]) else {
        return [.baseline]
      }
      guard flags.isSuperset(of: ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]) else {
        return [.baseline, .avx2]
      }
      return [.baseline, .avx2, .avx512]
    #else
      return [.baseline]
    #endif
  }()

  /// The fastest supported level.
  public static var best: CPULevel { supported.last ?? .baseline }

  func blockHeight(_ remaining: Int) -> Int {
    switch self {
    case .baseline: KernelsBaseline.blockHeight(remaining)
    case .avx2: KernelsAVX2.blockHeight(remaining)
    case .avx512: KernelsAVX512.blockHeight(remaining)
    }
  }

  func forward(_ plan: UnsafePointer<TilePlan>) {
    switch self {
    case .baseline: KernelsBaseline.forwardTile(plan)
    case .avx2: KernelsAVX2.forwardTile(plan)
    case .avx512: KernelsAVX512.forwardTile(plan)
    }
  }

  func beginBackward(_ plan: UnsafePointer<TilePlan>) {
    switch self {
    case .baseline: KernelsBaseline.beginBackward(plan)
    case .avx2: KernelsAVX2.beginBackward(plan)
    case .avx512: KernelsAVX512.beginBackward(plan)
    }
  }

  func backwardChunk(_ plan: UnsafePointer<TilePlan>, last: Int, steps: Int) {
    switch self {
    case .baseline: KernelsBaseline.backwardChunk(plan, last: last, steps: steps)
    case .avx2: KernelsAVX2.backwardChunk(plan, last: last, steps: steps)
    case .avx512: KernelsAVX512.backwardChunk(plan, last: last, steps: steps)
    }
  }

  func addWeightGradient(_ plan: UnsafePointer<TilePlan>, steps: Int) {
    switch self {
    case .baseline: KernelsBaseline.addWeightGradient(plan, steps: steps)
    case .avx2: KernelsAVX2.addWeightGradient(plan, steps: steps)
    case .avx512: KernelsAVX512.addWeightGradient(plan, steps: steps)
    }
  }
}
