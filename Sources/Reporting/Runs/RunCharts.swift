/// The charts of a run, each a function of the results alone.
struct RunCharts {
  let results: RunResults

  /// Envelope on a logarithmic axis against the lag: exponential decay is a straight line.
  var envelopeSemilog: Chart { envelope(title: "Envelope, logarithmic over linear lag", lagScale: .linear) }

  /// Envelope on two logarithmic axes: a power law is a straight line.
  var envelopeLogLog: Chart {
    envelope(title: "Envelope, logarithmic over logarithmic lag", lagScale: .log10)
  }

  /// Window against the number of sequences.
  var windows: Chart {
    Chart(
      title: "Learnability window",
      horizontal: ChartAxis("sequences N", scale: .log10, reach: .data),
      vertical: ChartAxis("window H_N (steps)", from: 0),
      series: perCell { cell in
        SeedSpread(cell.seeds.map { ($0.sampleCounts.map(Double.init), $0.windows.map(Double.init)) })
      },
      guides: longestLag.map { [ChartGuide(.horizontal, at: Double($0), label: "longest lag measured")] }
        ?? [])
  }

  /// Share of units, over all seeds, with at least a given time scale.
  var timeScales: Chart {
    Chart(
      title: "Share of units with a time scale of at least τ",
      horizontal: ChartAxis("time scale τ (steps)", scale: .log10, reach: .data),
      vertical: ChartAxis("share of units", scale: .log10),
      series: results.cells.indices.map { index in
        let scales = results.cells[index].seeds.flatMap(\.timeScales)
        let shown = scales.filter { $0.isFinite && $0 > 0 }.sorted()
        // All units count in the total: infinite scales exceed every threshold, missing ones none.
        let infinite = scales.count { $0 == .infinity }
        let shares = shown.indices.map { rank in
          Double(shown.count - rank + infinite) / Double(scales.count)
        }
        return ChartSeries(
          results.cells[index].name, x: shown, y: shares, shape: .step, style: .numbered(index))
      })
  }

  var tailIndex: Chart {
    Chart(
      title: "Tail index of the matched statistic",
      horizontal: ChartAxis("lag ℓ (steps)", reach: .data), vertical: ChartAxis("tail index α̂", to: 2),
      series: perCell { cell in SeedSpread(cell.seeds.map { ($0.lags.map(Double.init), $0.tailIndex) }) },
      guides: [ChartGuide(.horizontal, at: 2, label: "2: Gaussian")])
  }

  var noiseScale: Chart {
    Chart(
      title: "Noise scale of the matched statistic",
      horizontal: ChartAxis("lag ℓ (steps)", reach: .data),
      vertical: ChartAxis("noise scale σ̂", scale: .log10),
      series: perCell { cell in
        SeedSpread(cell.seeds.map { ($0.lags.map(Double.init), $0.noiseScale) }, middle: .geometric)
      })
  }

  var loss: Chart {
    Chart(
      title: "Validation loss", horizontal: ChartAxis("epoch", reach: .data),
      vertical: ChartAxis("mean squared error", scale: .log10),
      series: perCell { cell in
        SeedSpread(
          cell.seeds.map { seed in
            (seed.learningCurve.map { Double($0.epoch) }, seed.learningCurve.map(\.validationLoss))
          }, middle: .geometric)
      })
  }

  var rSquared: Chart {
    Chart(
      title: "Share of variance explained on fresh data", horizontal: ChartAxis("epoch", reach: .data),
      vertical: ChartAxis("R²", to: 1),
      series: perCell { cell in
        SeedSpread(
          cell.seeds.map { seed in
            (seed.learningCurve.map { Double($0.epoch) }, seed.learningCurve.map(\.validationRSquared))
          })
      })
  }

  /// The part of the envelope that the gates alone explain, where it was computed.
  var gateShare: Chart? {
    guard results.cells.contains(where: { $0.seeds.contains { !$0.gateEnvelope.isEmpty } }) else {
      return nil
    }
    return Chart(
      title: "Envelope over its part due to the gates",
      horizontal: ChartAxis("lag ℓ (steps)", reach: .data), vertical: ChartAxis("f̂ / f_gates", scale: .log10),
      series: perCell { cell in
        SeedSpread(
          cell.seeds.map { seed in
            (seed.lags.map(Double.init), zip(seed.envelope, seed.gateEnvelope).map { $0 / $1 })
          }, middle: .geometric)
      })
  }

  /// The longest lag that any cell was measured at: no window can be seen beyond it.
  var longestLag: Int? { results.cells.flatMap { $0.seeds.flatMap(\.lags) }.max() }

  private func envelope(title: String, lagScale: ChartAxis.Scale) -> Chart {
    Chart(
      title: title, horizontal: ChartAxis("lag ℓ (steps)", scale: lagScale, reach: .data),
      vertical: ChartAxis("envelope f̂", scale: .log10),
      series: perCell { cell in
        SeedSpread(cell.seeds.map { ($0.lags.map(Double.init), $0.envelope) }, middle: .geometric)
      })
  }

  private func perCell(_ spread: (RunResults.Cell) -> SeedSpread) -> [ChartSeries] {
    results.cells.indices.flatMap { index in
      spread(results.cells[index]).series(results.cells[index].name, style: .numbered(index))
    }
  }
}
