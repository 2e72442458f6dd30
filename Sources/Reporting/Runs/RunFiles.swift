import Foundation
import LearnabilityWindow
import Training

/// The files of a reproduction run, in the layout and with the column names that the paper's published plot scripts read;
/// what they do not know stands in files of its own.
public enum RunFiles {
  /// A file's name and contents.
  public struct File: Sendable, Hashable {
    public let name: String
    public let text: String
  }

  /// The learning curve of one cell; accuracy is R². Missing numbers are written `nan`, for the reader is numpy.
  public static func learningCurve(cell: String, _ curve: [LearningCurvePoint]) -> File {
    var table = CSVTable(columns: ["epoch", "train_loss", "train_acc", "val_loss", "val_acc"])
    for point in curve {
      table.append([
        .integer(point.epoch), .number(point.trainingLoss), .number(point.trainingR2),
        .number(point.validationLoss), .number(point.validationR2),
      ])
    }
    return File(name: "\(cell)_learning_curve.csv", text: table.text(nan: .nan))
  }

  /// All files of one cell's analysis.
  public static func analysis(cell: String, _ analysis: WindowAnalysis) throws -> [File] {
    var files = [
      summary(cell, analysis), unitRates(cell, analysis), windows(cell, analysis),
      details(cell, analysis), try fits(cell, analysis),
    ]
    if let table = timeScales(cell, analysis) {
      files.append(table)
      files.append(try timeScaleStatistics(cell, analysis))
    }
    return files
  }

  /// `H_N_summary.csv`: one column a cell.
  public static func windowSummary(_ cells: [(name: String, analysis: WindowAnalysis)]) -> File {
    var table = CSVTable(columns: ["N"] + cells.map { "H_N_\($0.name)" })
    for (row, window) in (cells.first?.analysis.windows ?? []).enumerated() {
      table.append(
        [.integer(Int(window.sampleCount))]
          + cells.map { .integer($0.analysis.windows[row].horizon) })
    }
    return File(name: "H_N_summary.csv", text: table.text())
  }

  /// `cli_args.csv`: what the run was asked to do.
  public static func arguments(_ arguments: [(name: String, value: String)]) -> File {
    var table = CSVTable(columns: ["argument", "value"])
    for argument in arguments { table.append([.text(argument.name), .text(argument.value)]) }
    return File(name: "cli_args.csv", text: table.text())
  }

  private static func summary(_ cell: String, _ analysis: WindowAnalysis) -> File {
    var table = CSVTable(columns: [
      "ell", "mu_l1_mean", "log_mu_l1_mean", "alpha_hat", "sigma_alpha_hat",
      "N_required_at_eps", "best_snr", "err_at_best_snr", "best_N_for_ell", "mbar_scalar",
      "alpha_reliable", "alpha_method", "n_samples",
    ])
    let counts = analysis.windows.map(\.sampleCount)
    for (index, lag) in analysis.profile.lags.enumerated() {
      let detection = analysis.detections[index]
      let required = counts.first { detection.signalToNoise($0) >= analysis.thresholds[index] }
      let best = counts.max { detection.signalToNoise($0) < detection.signalToNoise($1) }
      let ratio = best.map(detection.signalToNoise) ?? 0
      table.append([
        .integer(lag.lag), .number(lag.envelope), .number(log(lag.envelope)),
        .number(detection.noise.tailIndex), .number(detection.noise.scale),
        .integer(required.map { Int($0) } ?? -1), .number(ratio),
        .number(detection.noise.signError(signalToNoise: ratio)),
        .integer(ratio > 0 ? Int(best ?? -1) : -1),
        .number(abs(detection.signal)),
        .integer(detection.noise.isReliable ? 1 : 0), .text(detection.noise.method),
        .integer(detection.sampleCount),
      ])
    }
    return File(name: "\(cell)_summary.csv", text: table.text())
  }

  private static func unitRates(_ cell: String, _ analysis: WindowAnalysis) -> File {
    let units = analysis.profile.lags.first?.unitRates.count ?? 0
    var table = CSVTable(columns: ["ell"] + (0..<units).map { "mu_unit_\($0)" })
    for lag in analysis.profile.lags {
      table.append([.integer(lag.lag)] + lag.unitRates.map { .number($0) })
    }
    return File(name: "\(cell)_mu_units.csv", text: table.text())
  }

  private static func windows(_ cell: String, _ analysis: WindowAnalysis) -> File {
    var table = CSVTable(columns: ["N", "H_N"])
    for window in analysis.windows {
      table.append([.integer(Int(window.sampleCount)), .integer(window.horizon)])
    }
    return File(name: "\(cell)_H_N.csv", text: table.text())
  }

  /// What the published column layout has no place for: the parts of the envelope, and the gaps of each window.
  private static func details(_ cell: String, _ analysis: WindowAnalysis) -> File {
    var table = CSVTable(columns: [
      "ell", "f", "f_gates", "f_adapt", "psi_mean", "m_bar", "threshold", "N_required_exact", "gap_at_N",
    ])
    for (index, lag) in analysis.profile.lags.enumerated() {
      let detection = analysis.detections[index]
      let gaps = analysis.windows.filter { $0.gaps.contains(lag.lag) }
        .map { String(Int($0.sampleCount)) }
      table.append([
        .integer(lag.lag), .number(lag.envelope), .number(lag.gates), .number(lag.adaptation),
        .number(detection.signal), .number(detection.signal / lag.envelope),
        .number(analysis.thresholds[index]),
        .number(detection.requiredCount(analysis.thresholds[index])),
        .text(gaps.joined(separator: " ")),
      ])
    }
    return File(name: "\(cell)_details.csv", text: table.text())
  }

  private static func timeScales(_ cell: String, _ analysis: WindowAnalysis) -> File? {
    let kept = analysis.timeScales.filter { $0.fit.count >= 5 }
    guard !kept.isEmpty else { return nil }
    var table = CSVTable(columns: ["unit_id", "tau", "C", "a", "b", "r2", "num_points"])
    for scale in kept {
      table.append([
        .integer(scale.unit), .number(scale.value), .number(scale.prefactor),
        .number(scale.fit.intercept), .number(scale.fit.slope), .number(scale.fit.r2),
        .integer(scale.fit.count),
      ])
    }
    return File(name: "\(cell)_tau_from_mu_units.csv", text: table.text())
  }

  private struct TimeScaleStatistics: Encodable {
    let model: String
    let numUnits: Int
    let tauMin: Double?
    let tauMax: Double?
    let tauMean: Double?
    let tauStd: Double?
  }

  private static func timeScaleStatistics(_ cell: String, _ analysis: WindowAnalysis) throws
    -> File
  {
    let values = analysis.timeScales.map(\.value).filter { $0.isFinite && $0 > 0 }
    let count = Double(values.count)
    let mean = values.isEmpty ? nil : values.reduce(0, +) / count
    let variance = mean.map { mean in
      values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    }
    let statistics = TimeScaleStatistics(
      model: cell, numUnits: values.count, tauMin: values.min(), tauMax: values.max(),
      tauMean: mean, tauStd: variance?.squareRoot())
    return File(name: "\(cell)_tau_from_mu_stats.json", text: try json(statistics))
  }

  private struct Fits: Encodable {
    struct Exponential: Encodable {
      let a, b, r2: Double
      let tauEnv: Double?
    }
    struct Power: Encodable {
      let c, d, r2, ellMin, ellMax: Double
    }
    let exp: Exponential?
    let power: Power?
  }

  private static func fits(_ cell: String, _ analysis: WindowAnalysis) throws -> File {
    let fit = analysis.envelopeFit
    let lags = analysis.profile.lags.map { Double($0.lag) }
    let fits = Fits(
      exp: fit.exponential.map {
        .init(
          a: $0.intercept, b: $0.slope, r2: $0.r2,
          tauEnv: fit.timeScale.flatMap { $0.isFinite ? $0 : nil })
      },
      power: fit.power.map {
        .init(
          c: $0.intercept, d: $0.slope, r2: $0.r2, ellMin: lags.first ?? 0,
          ellMax: lags.last ?? 0)
      })
    return File(name: "\(cell)_envelope_fits.json", text: try json(fits))
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}
