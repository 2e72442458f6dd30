import GatedCells
import Numerics
import PropertyEngine
import TheoryOracles

extension Claim {
  /// Claims about gradients through time.
  static let gradients: [Claim] = [
    Claim(
      "GR-01", "backpropagation through time is the gradient",
      statement: "∂E/∂θ = Σ_t Σ_{k≤t} (∂E_t/∂s_t)(∂s_t/∂s_k)(∂⁺s_k/∂θ), projected on any direction",
      source: "Livi 2025, equation (3)", verdict: .holds,
      oracle: "dual numbers over balls, complex step and reverse tape of the generic step", scope: .cells,
      checks: [
        .property { system in
          Property("GR-01 gradient has four witnesses") { draw in
            let example = try draw("network", cellCases(system.cells))
            let direction = try draw("direction", tensors([example.parameters.count], scale: 1))
            let view = Parameters(example.parameters)
            let closed = try example.subject.gradient(example.cell, view, example.inputs, example.targets)
            let witness = example.directionalDerivative(direction)
            let complex = AutomaticDerivatives.complexStepDerivative(
              example.network, view, inputs: example.inputs, targets: example.targets, direction: direction)
            let taped = AutomaticDerivatives.gradient(
              example.network, view, inputs: example.inputs, targets: example.targets)
            // The ball charges every operation on every path from a parameter to the loss for 512 roundings, so it
            // holds the result of each of the three other ways of summing over the same paths.
            let (centre, radius) = (witness.tangent.value, witness.tangent.radius)
            try within(draw, dot(closed.gradient, direction), centre, radius, "closed form")
            try within(draw, dot(taped.gradient, direction), centre, radius, "tape")
            try within(draw, complex, centre, radius, "complex step")
            try within(draw, closed.loss, witness.value.value, witness.value.radius, "loss")
          }
        }
      ]),
    Claim(
      "GR-02", "the gradient agrees with finite differences",
      statement: "[E(θ+hw) − E(θ−hw)]/2h = ∂_w E(θ + sw) for some |s| ≤ h",
      source: "mean value theorem", verdict: .holds,
      oracle: "central difference of the generic loss, with a ball that encloses the derivative on |s| ≤ h",
      scope: .cells,
      checks: [
        .property { system in
          Property("GR-02 central differences") { draw in
            let example = try draw("network", cellCases(system.cells, steps: 1...3))
            let direction = try draw("direction", tensors([example.parameters.count], scale: 1))
            let step = 0x1p-20
            func loss(_ s: Double) -> Double {
              example.loss(zip(example.parameters, direction).map { $0 + s * $1 })
            }
            let difference = (loss(step) - loss(-step)) / (2 * step)
            // The difference is the derivative somewhere within h, and the ball holds it at all those places. The two
            // losses carry rounding (and that of θ ± hw, half a rounding a parameter, inside the 512 charged per
            // operation of the same parameter): together their radius over h.
            let enclosure = example.directionalDerivative(direction, radius: step)
            let rounding = example.directionalDerivative(direction).value.radius / step
            let closed = try example.subject.gradient(
              example.cell, Parameters(example.parameters), example.inputs, example.targets)
            try within(
              draw, dot(closed.gradient, direction), difference, enclosure.tangent.radius + rounding)
          }
        }
      ]),
    Claim(
      "GR-03", "the total derivative is a sum over lags",
      statement:
        "v_t = J_t v_{t−1} + B_t w gives v_t = Σ_{k≤t} (J_t ⋯ J_{k+1}) B_k w, latest factor leftmost",
      source: "Livi 2025, equations (4) and (10)", verdict: .holds,
      oracle: "tangent of the whole trajectory by dual numbers over balls", scope: .cells,
      checks: [
        .property { system in
          Property("GR-03 total derivative") { draw in
            let example = try draw("network", cellCases(system.cells, hidden: 1...2))
            let direction = try draw("direction", tensors([example.parameters.count], scale: 1))
            let parameters = zip(example.parameters, direction).map {
              Dual(Bounded($0), tangent: Bounded($1))
            }
            var state = [Dual<Bounded>](repeating: .zero, count: example.cell.stateSize)
            let zeros = state.map { _ in 0.0 }
            var recursive = zeros
            var splits: [JacobianSplit] = []
            var immediate: [[Double]] = []
            for (time, point) in example.points.enumerated() {
              let input = example.input(time).map { Dual<Bounded>($0) }
              state = genericStep(example.cell, Parameters(parameters), input, state, state)
              recursive = try example.subject.pushForward(example.cell, point, recursive, direction)
              splits.append(try example.subject.jacobian(example.cell, point))
              immediate.append(try example.subject.pushForward(example.cell, point, zeros, direction))
            }
            var sum = immediate[example.steps - 1]
            for lag in 1..<max(example.steps, 1) {
              let transport = system.transport.denseExact(splits, example.steps - 1, lag)
              for (row, term) in (transport * immediate[example.steps - 1 - lag]).enumerated() {
                sum[row] += term
              }
            }
            try within(draw, recursive, state.map(\.tangent), "recursion")
            try within(draw, sum, state.map(\.tangent), "sum over lags")
          }
        }
      ]),
    Claim(
      "GR-04", "immediate parameter sensitivities",
      statement: "J v + B w with B = ∂⁺s/∂θ the one-step derivative at a fixed previous state",
      source: "Livi 2025, equations (3), (4)", verdict: .holds,
      oracle: "one generic step on dual numbers over balls", scope: .cells,
      checks: [
        .property { system in
          Property("GR-04 push forward") { draw in
            let example = try draw("network", stepCases(system.cells))
            let direction = try draw("direction", tensors([example.parameters.count], scale: 1))
            let tangent = try draw("tangent", tensors([example.cell.stateSize], scale: 1))
            for point in example.points {
              let derivatives = StepDerivatives(cell: example.cell, point: point)
              try within(
                draw, try example.subject.pushForward(example.cell, point, tangent, direction),
                derivatives.pushForward(tangent: tangent, direction: direction))
            }
          }
        }
      ]),
    Claim(
      "GR-05", "fused single precision is the same gradient",
      statement:
        "the batched single-precision loss and gradient are the mean over sequences of the exact ones",
      source: "Livi 2025, equations (1), (3)", verdict: .holds,
      oracle: "dual numbers over balls with single-precision charges",
      checks: [
        .property { system in
          Property("GR-05 fused gradient", cases: 60) { draw in
            let example = try draw("network", fusedCases())
            let direction = try draw("direction", tensors([example.parameters.count], scale: 1))
            let result = try example.run(system)
            // Each of at most 128 roundings on a path; parameters and data are single-precision numbers already.
            let balls = example.sequences.map {
              $0.directionalDerivative(direction, charge: SingleRounding.self)
            }
            let count = Double(balls.count)
            try within(
              draw, dot(result.gradient, direction), balls.reduce(0) { $0 + $1.tangent.value } / count,
              balls.reduce(0) { $0 + $1.tangent.radius } / count, "gradient")
            try within(
              draw, result.loss, balls.reduce(0) { $0 + $1.value.value } / count,
              balls.reduce(0) { $0 + $1.value.radius } / count, "loss")
          }
        }
      ]),
    Claim(
      "GR-06", "gradients of separate sequences add up",
      statement: "the gradient of a batch is the mean of its sequences' gradients, whatever their order",
      source: "Livi 2025, equation (1)", verdict: .holds, oracle: "batches of one",
      checks: [
        .property { system in
          Property("GR-06 batch is a mean", cases: 60) { draw in
            let example = try draw("network", fusedCases())
            let whole = try example.run(system)
            let parts = try example.sequences.indices.map { try example.run(system, only: $0) }
            let size = Double(parts.count)
            for index in whole.gradient.indices {
              let entries = parts.map { $0.gradient[index] }
              let magnitude = entries.reduce(0) { $0 + abs($1) } / size
              // Batches differ from single sequences only in the last sums and the factor 1/n, in single precision:
              // each of the T·n summands of an entry is rounded at most once a summation; the entries of a sequence may
              // cancel over its T ≤ 3 steps, so the bound refers to the largest entry of any sequence.
              let scale = parts.flatMap(\.gradient).reduce(0) { max($0, abs($1)) }
              try within(
                draw, whole.gradient[index], entries.reduce(0, +) / size,
                64 * 0x1p-24 * (magnitude + scale) + 0x1p-120)
            }
          }
        }
      ]),
  ]
}
