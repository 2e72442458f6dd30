import LearnabilityWindow
import Testing

@Suite struct DiagnosticConfigurationTests {
  /// Every lag is a whole number nearest to its place on the even grid from first to last, both ends are there, and none comes
  /// twice; where the grid is finer than the whole numbers, all of them are there.
  @Test func evenLagsAreTheNearest() {
    for first in [1, 2, 4] {
      for span in 1...24 {
        for count in 2...16 {
          let lags = DiagnosticConfiguration.evenLags(from: first, through: first + span, count: count)
          guard count <= span + 1 else {
            #expect(lags == Array(first...first + span))
            continue
          }
          #expect(lags.count == count && lags.first == first && lags.last == first + span)
          for (index, lag) in lags.enumerated() {
            // (count − 1) times the distance from first + index · span/(count − 1), doubled, in whole numbers.
            let distance = 2 * abs((lag - first) * (count - 1) - index * span)
            #expect(distance <= count - 1, "\(lags)")
          }
        }
      }
    }
    #expect(DiagnosticConfiguration.evenLags(from: 3, through: 3, count: 5) == [3])
    #expect(DiagnosticConfiguration.evenLags(from: 3, through: 9, count: 1) == [3])
  }
}
