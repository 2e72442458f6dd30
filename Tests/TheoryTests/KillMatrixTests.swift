import Claims
import Testing

@Suite struct KillMatrixTests {
  /// Every mutant is killed by every claim that names it, every claim kills something (or says why it cannot), and the
  /// unmutated control passes.
  @Test func everyMutantIsKilled() {
    let matrix = KillMatrix.run(seed: 20_251_206)
    for entry in matrix.survivors { Issue.record("\(entry.mutant) survives \(entry.claim)") }
    for failure in matrix.controlFailures { Issue.record("control fails \(failure.claim.id)") }
    for id in matrix.toothless { Issue.record("\(id) kills no mutant and gives no reason") }
    for id in matrix.unknownClaims { Issue.record("a mutant names \(id), which does not exist") }
  }
}
