import Dispatch
import Foundation
import Kernels
import MatrixPeakAVX2
import MatrixPeakAVX512

/// The rate of matrix products in single precision when nothing else is to be done: packed operands in the nearest
/// cache, accumulators in registers. No training step can be faster than its products at this rate.
public enum MatrixPeak {
  /// Operations a second, or nil on a processor without AVX2.
  public static func measure(threads: Int = FusedNetwork.defaultThreads, runs: Int = 5) -> Spread? {
    guard CPULevel.best != .baseline else { return nil }
    let wide = CPULevel.best == .avx512
    let depth = 128
    let repetitions = 20_000
    let perDepth = wide ? MatrixPeakAVX512.operationsPerDepth() : MatrixPeakAVX2.operationsPerDepth()
    let leftCount = depth * (wide ? MatrixPeakAVX512.leftPerDepth() : MatrixPeakAVX2.leftPerDepth())
    let width = wide ? MatrixPeakAVX512.rightPerDepth() : MatrixPeakAVX2.rightPerDepth()
    let operations = Double(threads * repetitions * depth * perDepth)
    func once() -> Double {
      Stopwatch.seconds {
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
          let left = [Float](repeating: 1e-3, count: leftCount)
          let right = [Float](repeating: 1e-3, count: depth * width)
          var sum = [Float](repeating: 0, count: width)
          if wide {
            MatrixPeakAVX512.multiplyPackedTile(left, right, &sum, depth: depth, repetitions: repetitions)
          } else {
            MatrixPeakAVX2.multiplyPackedTile(left, right, &sum, depth: depth, repetitions: repetitions)
          }
          precondition(sum.allSatisfy { $0 > 0 })
        }
      }
    }
    _ = once()
    return Spread((0..<runs).map { _ in operations / once() })
  }
}
