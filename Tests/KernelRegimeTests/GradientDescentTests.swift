import Foundation
import Numerics
import Testing

@testable import KernelRegime

@Suite struct GradientDescentTests {
  /// A random network (weights off the mirror) and task.
  static func instance(
    _ activation: any SmoothActivation, width: Int, steps: Int, sequences: Int, seed: UInt64
  )
    throws -> (network: DiagonalNetwork, task: SequenceTask)
  {
    let dimension = 2
    var stream = RandomStream(seed: seed, purpose: "test.instance")
    var network = try SymmetricInitialisation.network(
      activation: activation, width: width, dimension: dimension, spread: 0.7, seed: seed)
    for i in network.retention.indices { network.retention[i] += 0.2 * stream.normal() }
    for i in network.input.indices { network.input[i] += 0.2 * stream.normal() }
    let inputs = (0..<sequences).map { _ in
      (0..<steps).flatMap { _ -> [Double] in
        let angle = 6.28 * stream.uniform()
        return [0.99 * cos(angle), 0.99 * sin(angle)]
      }
    }
    let targets = (0..<sequences).map { _ in (0..<steps).map { _ in stream.normal() } }
    return (network, try SequenceTask(dimension: dimension, inputs: inputs, targets: targets))
  }

  /// Blocks of lanes, padding included, give the outputs, loss and gradient of the plain formulas.
  ///
  /// Both sides sum m terms of size at most L_t(1+|θ|) with at most 60(T+d+m) roundings each.
  @Test(arguments: [2, 16, 18, 1022, 1026, 2050]) func blocksAgreeWithPlainForm(width: Int) throws {
    for activation in ActivationCatalogue.bounded {
      let (network, task) = try Self.instance(activation, width: width, steps: 5, sequences: 2, seed: 11)
      let fast = GradientDescent.lossAndGradient(of: network, task: task)
      let slow = task.lossGradient(of: network)
      let constants = try LocalConstants(activation: activation, retentionBound: 2, steps: 5)
      let lipschitz = constants.lipschitz[5]
      let roundings = 60 * Double(7 + width) * Double.ulpOfOne
      let outputSlack = roundings * lipschitz * 5 * Double(width).squareRoot()
      for (a, b) in zip(
        GradientDescent.outputs(of: network, inputs: task.inputs), task.inputs.map(network.outputs))
      {
        for (x, y) in zip(a, b) { #expect(abs(x - y) <= outputSlack) }
      }
      #expect(abs(fast.loss - task.loss(of: network)) <= 10 * outputSlack * (1 + fast.loss))
      let slack = roundings * (lipschitz + constants.smoothness[5]) * 10 * (1 + fast.loss)
      for i in 0..<width {
        #expect(abs(fast.retention[i] - slow[i][0]) <= slack)
        for k in 0..<2 { #expect(abs(fast.input[2 * i + k] - slow[i][1 + k]) <= slack) }
      }
    }
  }

  /// The same bits with one thread and with all.
  @Test func threadsDoNotChangeBits() throws {
    let (network, task) = try Self.instance(HyperbolicTangent(), width: 8192, steps: 6, sequences: 2, seed: 5)
    let ball = try MaxNormBall(retentionRadius: 0.5, inputRadius: 0.5)
    let one = try GradientDescent(stepSize: 0.05, ball: ball, parallel: false).run(
      from: network, task: task, iterations: 20)
    let all = try GradientDescent(stepSize: 0.05, ball: ball, parallel: true).run(
      from: network, task: task, iterations: 20)
    #expect(one.losses == all.losses)
    #expect(one.last.retention == all.last.retention)
    #expect(one.last.input == all.last.input)
    #expect(one.movements == all.movements)
  }

  /// A step of the blocks is the plain step: θ − η∇R, then the projection of `MaxNormBall`.
  @Test func stepAgreesWithPlainProjection() throws {
    let (network, task) = try Self.instance(Sine(), width: 50, steps: 4, sequences: 3, seed: 6)
    for radius in [0.01, 0.3, 10] {
      let ball = try MaxNormBall(retentionRadius: radius, inputRadius: 2 * radius)
      let trace = try GradientDescent(stepSize: 0.7, ball: ball).run(from: network, task: task, iterations: 1)
      let gradient = task.lossGradient(of: network)
      var moved = network
      for i in 0..<50 {
        moved.setParameters(i, zip(network.parameters(i), gradient[i]).map { $0 - 0.7 * $1 })
      }
      let expected = ball.project(moved, around: network)
      // Gradients agree to 1e-12 by the test above at this size; the projection does not expand the difference.
      for (a, b) in zip(trace.last.retention, expected.retention) { #expect(abs(a - b) <= 1e-12) }
      for (a, b) in zip(trace.last.input, expected.input) { #expect(abs(a - b) <= 1e-12) }
      let movement = WeightMovement(from: network, to: trace.last)
      #expect(abs(movement.joint - trace.movements[0].joint) <= 1e-12)
      #expect(abs(movement.retention - trace.movements[0].retention) <= 1e-12)
    }
  }

  /// Best and average of a trace are those of its losses, and the record keeps the last step.
  @Test func traceSummaries() throws {
    let (network, task) = try Self.instance(Logistic(), width: 20, steps: 3, sequences: 2, seed: 9)
    let trace = try GradientDescent(stepSize: 0.5, recordEvery: 4).run(
      from: network, task: task, iterations: 10)
    #expect(trace.recorded == [4, 8, 10])
    #expect(trace.losses.count == 10)
    #expect(trace.bestLoss == trace.losses[trace.bestIteration])
    #expect(trace.runningAverage.last == trace.averageLoss)
    #expect(trace.losses[9] < trace.losses[0])
  }

  /// The best iterate has the best loss, and the average iterate is the mean of those before each step.
  @Test func iteratesAreKept() throws {
    let (network, task) = try Self.instance(
      HyperbolicTangent(), width: 20, steps: 3, sequences: 2, seed: 10)
    let trace = try GradientDescent(stepSize: 2, keepsIterates: true).run(
      from: network, task: task, iterations: 6)
    let best = try #require(trace.best)
    // The same sum of 20 terms in another order.
    #expect(abs(task.loss(of: best) - trace.bestLoss) <= 1e-12 * (1 + trace.bestLoss))
    let average = try #require(trace.average)
    let iterates = try (1...5).map {
      try GradientDescent(stepSize: 2).run(from: network, task: task, iterations: $0).last
    }
    for i in 0..<20 {
      let mean = ([network] + iterates).reduce(0) { $0 + $1.retention[i] } / 6
      #expect(abs(average.retention[i] - mean) <= 1e-13 * (1 + abs(mean)))
    }
    #expect(try GradientDescent(stepSize: 2).run(from: network, task: task, iterations: 1).best == nil)
  }
}
