import EngineBenchmarks
import Testing

/// The public shrinking challenges: every seed must end at the same answer, or nearly.
@Suite struct ChallengeSetTests {
  /// Claim: over 100 seeds each challenge ends at one answer where other tools reach one, at three or fewer elsewhere.
  @Test(arguments: Challenges.all.map(\.name))
  func fewDistinctAnswers(_ name: String) throws {
    let challenge = try #require(Challenges.all.first { $0.name == name })
    let result = Challenges.run(challenge, seeds: 100)
    #expect(result.unfound == 0)
    #expect(result.answers.count <= challenge.allowed, "\(result.answers)")
    // A shrinker that gives up early shows as a different most frequent answer.
    #expect(result.answers.first?.text == expected[name])
  }

  private let expected = [
    "reverse": "list = [0, 1]",
    "lengthlist": "list = [900]",
    "distinct": "list = [0, 1, -1]",
    "large union list": "lists = [[0, 1, -1, 2, -2]]",
    "nested lists": "lists = [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]]",
    "deletion": "list = [0, 0], position = 0",
    "coupling": "list = [1, 0]",
    "difference 0": "x = 10, y = 10",
    "difference small": "x = 10, y = 6",
    "difference 1": "x = 10, y = 9",
    "sum": "list = [50, 100, 100]",
    "float above 2.3": "x = 3.0",
    "float in 1.1 to 1.6": "x = 1.5",
    "float sum at least 1": "list = [1.0]",
    "bound5": "lists = [[], [], [], [-1], [-32768]]",
    "calculator": "expression = (0 / (0 + 0))",
    "heap": "heap = (0 - (0 (1 - -) (0 - -)))",
  ]
}
