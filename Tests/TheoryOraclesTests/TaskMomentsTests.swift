import Foundation
import Numerics
import Testing

@testable import TheoryOracles

@Suite struct TaskMomentsTests {
  /// Hand values: lags 1, 3 with coefficients 2, 1 and noise 1 give variance 1, 5, 5, 6, … and autocovariances 6, 0, 2.
  @Test func handValues() throws {
    let task = try TaskMoments(lags: [1, 3], coefficients: [2, 1], noise: 1)
    #expect((0..<5).map { task.variance(step: $0) } == [1, 5, 5, 6, 6])
    #expect((0..<4).map { task.autocovariance(shift: $0) } == [6, 0, 2, 0])
    #expect(try task.meanVariance(steps: 5) == 23.0 / 5)
    #expect(try task.bestR2(memory: 0) == 0)
    #expect(try task.bestR2(memory: 1) == 4.0 / 6)
    #expect(try task.bestR2(memory: 9) == 5.0 / 6)
    #expect(task.inputCovariance(lag: 3) == 1 && task.inputCovariance(lag: 2) == 0)
  }

  /// Equal lags see the same input: their coefficients add before they are squared, and may cancel.
  @Test func equalLagsAdd() throws {
    let task = try TaskMoments(lags: [2, 2, 5], coefficients: [1, -1, 3], noise: 0)
    #expect(task.variance(step: 4) == 0)
    #expect(task.variance(step: 5) == 9)
    #expect(try task.bestR2(memory: 5) == 1)
  }

  /// The mean variance is the mean of the step variances, and no memory does better than a longer one.
  @Test func consistency() throws {
    var random = stream("task")
    for _ in 0..<100 {
      let count = 1 + random.integer(below: 5)
      let lags = (0..<count).map { _ in random.integer(below: 12) }
      let task = try TaskMoments(lags: lags, coefficients: random.normals(count), noise: 0.3)
      let steps = 1 + random.integer(below: 20)
      let direct = (0..<steps).reduce(0) { $0 + task.variance(step: $1) } / Double(steps)
      #expect(agree(try task.meanVariance(steps: steps), direct, operations: 60))
      for memory in 0..<12 { #expect(try task.bestR2(memory: memory) <= task.bestR2(memory: memory + 1)) }
    }
  }

  /// Simulated variance and autocovariance. 100 000 independent pairs; the sample second moment of y (variance 2.29) has
  /// standard error 2.29·√(2/1e5) < 0.0103 and the cross moment less, so six standard errors, 0.062, fail with probability 4e-9.
  @Test func simulation() throws {
    let task = try TaskMoments(lags: [0, 2], coefficients: [1.2, -0.6], noise: 0.7)
    var random = stream("task simulation")
    var (square, cross) = (0.0, 0.0)
    for _ in 0..<100_000 {
      let x = random.normals(5)
      let y = 1.2 * x[2] - 0.6 * x[0] + 0.7 * random.normal()
      let later = 1.2 * x[4] - 0.6 * x[2] + 0.7 * random.normal()
      square += y * y
      cross += y * later
    }
    #expect((square / 1e5 - task.variance(step: 9)).magnitude < 0.062)
    #expect((cross / 1e5 - task.autocovariance(shift: 2)).magnitude < 0.062)
  }

  /// Bad inputs are refused.
  @Test func domain() {
    #expect(throws: OracleError.self) { try TaskMoments(lags: [-1], coefficients: [1], noise: 0) }
    #expect(throws: OracleError.self) { try TaskMoments(lags: [1], coefficients: [], noise: 0) }
    #expect(throws: OracleError.self) {
      try TaskMoments(lags: [1], coefficients: [0], noise: 0).bestR2(memory: 1)
    }
  }
}
