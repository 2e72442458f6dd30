/// A fixed share of the network's neurons in the layout of the hot loops, with everything that belongs to them.
///
/// Groups of eight pairs: lanes A hold eight neurons i, lanes B their mirrors i + m/2. The last group is padded with
/// neurons of sign zero and weights zero, which neither contribute nor move.
public struct NeuronBlock: Sendable {
  /// Groups of eight mirrored pairs in a full block: 1,024 neurons, whose weights and gradients fit the L1/L2
  /// caches. Blocks depend on the width alone, so no result depends on the number of threads.
  static let groupsPerBlock = 64

  let dimension: Int
  let steps: Int
  let groups: Int
  /// Index of the first pair of the block.
  let firstPair: Int
  let pairs: Int
  /// Two lanes a group (A, B), then d times two lanes a group.
  var retention: [NeuronLanes]
  var input: [NeuronLanes]
  let initialRetention: [NeuronLanes]
  let initialInput: [NeuronLanes]
  let signs: [NeuronLanes]
  var retentionGradient: [NeuronLanes]
  var inputGradient: [NeuronLanes]
  /// h_t and, if the activation needs it, σ′(z_t): for each group, T times two lanes.
  var states: [NeuronLanes]
  var slopes: [NeuronLanes]
  /// Σ c_i h_t over the block, eight partial sums a step.
  var partialOutputs: [NeuronLanes]

  /// The part of `network` that starts at pair `firstPair`, with `initial` as the point from which it moves.
  init(network: DiagonalNetwork, initial: DiagonalNetwork, firstPair: Int, pairs: Int, steps: Int) {
    let dimension = network.dimension
    let groups = (pairs + 7) / 8
    let half = network.width / 2
    func gather(_ source: [Double], stride: Int, component: Int) -> [NeuronLanes] {
      var lanes = [NeuronLanes](repeating: .zero, count: 2 * groups)
      for pair in 0..<pairs {
        let neuron = firstPair + pair
        lanes[pair / 8 * 2][pair % 8] = source[neuron * stride + component]
        lanes[pair / 8 * 2 + 1][pair % 8] = source[(neuron + half) * stride + component]
      }
      return lanes
    }
    func gatherInput(_ source: [Double]) -> [NeuronLanes] {
      let components = (0..<dimension).map { gather(source, stride: dimension, component: $0) }
      var lanes = [NeuronLanes](repeating: .zero, count: 2 * groups * dimension)
      for group in 0..<groups {
        for k in 0..<dimension {
          lanes[(group * dimension + k) * 2] = components[k][group * 2]
          lanes[(group * dimension + k) * 2 + 1] = components[k][group * 2 + 1]
        }
      }
      return lanes
    }
    self.dimension = dimension
    self.steps = steps
    self.groups = groups
    self.firstPair = firstPair
    self.pairs = pairs
    retention = gather(network.retention, stride: 1, component: 0)
    input = gatherInput(network.input)
    initialRetention = gather(initial.retention, stride: 1, component: 0)
    initialInput = gatherInput(initial.input)
    signs = gather(network.signs, stride: 1, component: 0)
    retentionGradient = [NeuronLanes](repeating: .zero, count: 2 * groups)
    inputGradient = [NeuronLanes](repeating: .zero, count: 2 * groups * dimension)
    states = [NeuronLanes](repeating: .zero, count: 2 * groups * steps)
    slopes =
      network.activation.slopeFollowsFromValue
      ? [] : [NeuronLanes](repeating: .zero, count: 2 * groups * steps)
    partialOutputs = [NeuronLanes](repeating: .zero, count: steps)
  }

  /// The loop behind ``SmoothActivation/sweepForward(_:inputs:)``: runs every neuron over one sequence.
  @inline(__always)
  mutating func runForward<Activation: SmoothActivation>(_ activation: Activation, inputs: [Double]) {
    let keepsSlopes = !slopes.isEmpty
    for t in 0..<steps { partialOutputs[t] = .zero }
    for group in 0..<groups {
      let w = (retention[2 * group], retention[2 * group + 1])
      let c = (signs[2 * group], signs[2 * group + 1])
      let weights = group * dimension * 2
      var slot = group * steps * 2
      var h = (NeuronLanes.zero, NeuronLanes.zero)
      for t in 0..<steps {
        var z = (w.0 * h.0, w.1 * h.1)
        for k in 0..<dimension {
          let x = inputs[t * dimension + k]
          z.0 += input[weights + 2 * k] * x
          z.1 += input[weights + 2 * k + 1] * x
        }
        h = (activation.value(lanes: z.0), activation.value(lanes: z.1))
        if keepsSlopes {
          slopes[slot] = activation.slope(lanes: z.0, value: h.0)
          slopes[slot + 1] = activation.slope(lanes: z.1, value: h.1)
        }
        states[slot] = h.0
        states[slot + 1] = h.1
        slot += 2
        partialOutputs[t] += c.0 * h.0 + c.1 * h.1
      }
    }
  }

  /// The loop behind ``SmoothActivation/sweepBackward(_:inputs:residuals:)``: adds Σ_t r_t c_i ∇h_t to the gradient
  /// of every neuron, for the sequence last swept forward.
  @inline(__always)
  mutating func runBackward<Activation: SmoothActivation>(
    _ activation: Activation, inputs: [Double], residuals: [Double]
  ) {
    let keepsSlopes = !slopes.isEmpty
    for group in 0..<groups {
      let w = (retention[2 * group], retention[2 * group + 1])
      let c = (signs[2 * group], signs[2 * group + 1])
      let weights = group * dimension * 2
      var ofRetention = (retentionGradient[2 * group], retentionGradient[2 * group + 1])
      var carried = (NeuronLanes.zero, NeuronLanes.zero)
      var t = steps - 1
      while t >= 0 {
        let slot = (group * steps + t) * 2
        let slope: (NeuronLanes, NeuronLanes)
        if keepsSlopes {
          slope = (slopes[slot], slopes[slot + 1])
        } else {
          slope = (
            activation.slope(lanes: .zero, value: states[slot]),
            activation.slope(lanes: .zero, value: states[slot + 1])
          )
        }
        let delta = (
          (c.0 * residuals[t] + carried.0) * slope.0, (c.1 * residuals[t] + carried.1) * slope.1
        )
        if t > 0 {
          ofRetention.0 += delta.0 * states[slot - 2]
          ofRetention.1 += delta.1 * states[slot - 1]
        }
        for k in 0..<dimension {
          let x = inputs[t * dimension + k]
          inputGradient[weights + 2 * k] += delta.0 * x
          inputGradient[weights + 2 * k + 1] += delta.1 * x
        }
        carried = (w.0 * delta.0, w.1 * delta.1)
        t -= 1
      }
      retentionGradient[2 * group] = ofRetention.0
      retentionGradient[2 * group + 1] = ofRetention.1
    }
  }
}
