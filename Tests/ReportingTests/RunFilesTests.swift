import Foundation
import GatedCells
import LearnabilityWindow
import Testing
import Training

@testable import Reporting

/// A real run, small enough for a test: one epoch of a GRU of four units, diagnostics on forty sequences.
enum SmallRun {
  static func state() throws -> TrainingState {
    let configuration = TrainingConfiguration(
      network: NetworkSpecification(cell: .gru, inputSize: 2, hiddenSize: 4, layerNorm: false),
      task: try DelayedRegressionTask(
        steps: 24, inputSize: 2, lags: [2, 5], coefficients: [0.6, 0.4], noise: 0.1, seed: 1),
      initialisation: .paper, optimizer: .sgd, learningRate: 0.05, clip: 1, epochs: 1, sequences: 16,
      batchSize: 8,
      validationSequences: 8, seed: 3)
    let trainer = Trainer(engine: ReferenceEngine(try configuration.network.makeCell()))
    return try trainer.runEpoch(TrainingState(configuration))
  }

  static func analysis(_ state: TrainingState) throws -> WindowAnalysis {
    let profile = try LagProfile(
      state, DiagnosticConfiguration(lags: [1, 2, 3, 4, 6, 8], sequences: 40, seed: 5))
    return try WindowAnalysis(
      profile, WindowConfiguration(criterion: .signalToNoise(0.1), sampleCounts: [10, 100, 1000]))
  }
}

@Suite struct RunFilesTests {
  /// Each file bears the name and the columns that the paper's published plot scripts look for.
  @Test func namesAndColumnsAreThePublishedOnes() throws {
    let state = try SmallRun.state()
    let analysis = try SmallRun.analysis(state)
    let files =
      try RunFiles.analysis(cell: "gru", analysis) + [
        RunFiles.learningCurve(cell: "gru", state.curve), RunFiles.windowSummary([("gru", analysis)]),
        RunFiles.arguments([("lags", "1,2")]),
      ]
    let headers = Dictionary(
      uniqueKeysWithValues: files.map { ($0.name, $0.text.prefix { $0 != "\n" }.description) })
    #expect(
      headers["gru_summary.csv"]
        == "ell,mu_l1_mean,log_mu_l1_mean,alpha_hat,sigma_alpha_hat,N_required_at_eps,best_snr,err_at_best_snr,"
        + "best_N_for_ell,mbar_scalar,alpha_reliable,alpha_method,n_samples")
    #expect(headers["gru_mu_units.csv"] == "ell,mu_unit_0,mu_unit_1,mu_unit_2,mu_unit_3")
    #expect(headers["gru_tau_from_mu_units.csv"] == "unit_id,tau,C,a,b,r2,num_points")
    #expect(headers["gru_learning_curve.csv"] == "epoch,train_loss,train_acc,val_loss,val_acc")
    #expect(headers["gru_H_N.csv"] == "N,H_N")
    #expect(headers["H_N_summary.csv"] == "N,H_N_gru")
    #expect(headers["cli_args.csv"] == "argument,value")
    #expect(headers["gru_envelope_fits.json"] != nil && headers["gru_tau_from_mu_stats.json"] != nil)
  }

  /// The numbers in the files are those of the analysis, to the bit, and flags are 0 or 1.
  @Test func numbersSurviveTheFiles() throws {
    let analysis = try SmallRun.analysis(SmallRun.state())
    let files = try RunFiles.analysis(cell: "gru", analysis)
    let text = try #require(files.first { $0.name == "gru_summary.csv" }).text
    let table = try CSVTable(parsing: text)
    #expect(table.numbers("ell") == [1, 2, 3, 4, 6, 8])
    #expect(table.numbers("mu_l1_mean") == analysis.profile.lags.map(\.envelope))
    #expect(table.numbers("alpha_reliable") == analysis.detections.map { $0.noise.isReliable ? 1 : 0 })
    let units = try CSVTable(parsing: try #require(files.first { $0.name == "gru_mu_units.csv" }).text)
    #expect(units.numbers("mu_unit_2") == analysis.profile.lags.map { $0.unitRates[2] })
  }

  /// The JSON of the fits has the keys that the published scripts read.
  @Test func fitsHaveThePublishedKeys() throws {
    let files = try RunFiles.analysis(cell: "gru", SmallRun.analysis(SmallRun.state()))
    func keys(_ name: String) throws -> [String: [String]] {
      let text = try #require(files.first { $0.name == name }).text
      let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      return object.mapValues { ($0 as? [String: Any]).map { $0.keys.sorted() } ?? [] }
    }
    let fits = try keys("gru_envelope_fits.json")
    #expect(fits["power"] == ["c", "d", "ell_max", "ell_min", "r2"])
    #expect(Set(["a", "b", "r2"]).isSubset(of: fits["exp"] ?? []))
    #expect(
      try keys("gru_tau_from_mu_stats.json").keys.sorted().prefix(2) == ["model", "num_units"])
  }

  /// The report of a run shows what the analysis found, unit for unit and lag for lag.
  @Test func theReportTakesTheAnalysisOver() throws {
    let state = try SmallRun.state()
    let analysis = try SmallRun.analysis(state)
    let result = RunResults.SeedResult(seed: 3, analysis: analysis, curve: state.curve)
    #expect(result.lags == [1, 2, 3, 4, 6, 8])
    #expect(result.envelope == analysis.profile.lags.map(\.envelope))
    #expect(result.timeScales.count == 4)
    #expect(result.sampleCounts == [10, 100, 1000])
    #expect(result.windows == analysis.windows.map(\.horizon))
    #expect(result.gapCounts == analysis.windows.map(\.gaps.count))
    #expect(result.exponentialFit?.rate == analysis.envelopeFit.exponential.map { -$0.slope })
    #expect(result.learningCurve.map(\.validationLoss) == state.curve.map(\.validationLoss))
  }
}
