import EngineBenchmarks

for challenge in Challenges.all {
  let result = Challenges.run(challenge, seeds: 100)
  print("\(result.name): \(result.answers.count) answers, \(result.meanCalls) calls, \(result.answers[0].text)")
}
