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

  /// The text names each mutant with its mistake and the claims that noticed, and what survived stands out.
  @Test func textTellsWhatWasNoticed() throws {
    let claims = try Claim.named(["WI-01", "SL-09"])
    let noticed = try #require(Mutant.all.first { $0.id == "exponent.gaussianBelowOne" })
    let harmless = Mutant("nothing.changed", "no mistake at all", killedBy: ["WI-01"]) { _ in }
    let mutants = [
      Mutant("exponent.kept", noticed.description, killedBy: ["WI-01"]) { $0 = noticed.system }, harmless,
    ]
    let matrix = KillMatrix.run(mutants, claims: claims, seed: 1)
    let text = matrix.text(mutants, claims: claims, width: 80)
    #expect(text.contains("exponent.kept\n    mistake     κ is 2 where averages do not concentrate\n"))
    #expect(text.contains("    noticed by  WI-01 ("))
    #expect(text.contains("nothing.changed\n    mistake     no mistake at all\n    SURVIVES    WI-01\n"))
    #expect(text.contains("SL-09 has no mutant: "))
    #expect(text.contains("2 mutants: 1 of 2 times"))
    #expect(!matrix.isPerfect)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }
}
