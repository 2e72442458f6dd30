import Claims
import GatedCells
import Numerics

/// Retention factors written out by hand for each example, right or with one gate wrong.
enum HandWritten {
  static func cell(_ name: String, isBroken: Bool) throws -> CellUnderTest {
    var cell = try CellUnderTest.named(name)
    let derived = cell.diagonal
    cell.diagonal = { cell, point in
      var split = try derived(cell, point)
      split.retention = retention(cell, point, isBroken: isBroken)
      return split
    }
    return cell
  }

  private static func retention(_ cell: any RecurrentCell, _ point: StepPoint, isBroken: Bool) -> [Double] {
    let hidden = Array(point.state[cell.output])
    func block(_ name: String) -> [Double] {
      cell.layout.block(named: name).map { point.parameters.vector($0) } ?? []
    }
    func product(_ name: String, _ vector: [Double]) -> [Double] {
      cell.layout.block(named: name).map { point.parameters.product($0, vector) } ?? []
    }
    func gate(_ name: String) -> [Double] {
      let (driven, fed, bias) = (
        product("W_\(name)", point.input), product("U_\(name)", hidden), block("b_\(name)")
      )
      return bias.indices.map { driven[$0] + (fed.isEmpty ? 0 : fed[$0]) + bias[$0] }
    }
    func open(_ values: [Double]) -> [Double] { values.map { Double.logistic($0) } }
    switch cell.name {
    case "peephole-lstm":
      // Broken: the forget gate does not see the memory.
      let seen = hadamard(block("p_f"), Array(point.state[cell.memory]))
      return open(zip(gate("f"), seen).map { $0 + (isBroken ? 0 : $1) })
    case "coupled-lstm":
      // Broken: the coupled input gate in place of the forget gate.
      return open(gate("f")).map { isBroken ? 1 - $0 : $0 }
    case "mgu": return open(gate("f")).map { isBroken ? $0 : 1 - $0 }
    case "reset-after-gru": return open(gate(isBroken ? "r" : "z"))
    // Broken: the pre-activation in place of the leak.
    case "leaky": return (isBroken ? block("leak") : open(block("leak"))).map { 1 - $0 }
    case "indrnn":
      // Broken: the slope of the squashing is forgotten.
      let weights = block("u")
      let driven = product("W", point.input)
      let bias = block("b")
      return weights.indices.map { unit in
        let squashed = Double.tanh(driven[unit] + weights[unit] * hidden[unit] + bias[unit])
        return weights[unit] * (isBroken ? 1 : 1 - squashed * squashed)
      }
    case "mingru":
      // Broken: the gate's bias is forgotten.
      return open(isBroken ? product("W_z", point.input) : gate("z")).map { 1 - $0 }
    default:
      // Broken: the rate in place of its exponential.
      let size = zip(product("W_step", point.input), block("b_step")).map {
        -Double.log(Double.logistic(-($0 + $1)))
      }
      return zip(size, block("log_rate")).map { Double.exp(-($0 * (isBroken ? $1 : Double.exp($1)))) }
    }
  }
}

/// Units and steps of the network that a counterexample prints.
struct CounterexampleSize {
  let units: Int
  let steps: Int

  init?(_ text: String) {
    if let match = text.firstMatch(of: /with (\d+) units?, inputs \[(.*?)\], [A-Za-z]/),
      let units = Int(match.1)
    {
      self.units = units
      steps = match.2.filter { $0 == "[" }.count
    } else {
      return nil
    }
  }
}
