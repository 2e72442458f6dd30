/// A piece of a report, stacked from top to bottom.
public enum ReportBlock: Sendable, Hashable {
  case paragraph(ReportText)
  case list([ReportText])
  case table(ReportTable)
  /// Charts side by side where the page is wide enough, below each other where it is not.
  case charts([Figure])
  case callout(Callout)
  /// Text in a fixed-width face, line breaks kept.
  case code(String)
  /// Folded away until asked for; printed in full.
  case details(summary: String, blocks: [ReportBlock])

  /// A chart with what there is to say about it.
  public struct Figure: Sendable, Hashable {
    public var chart: Chart
    public var caption: ReportText?

    public init(_ chart: Chart, caption: ReportText? = nil) {
      self.chart = chart
      self.caption = caption
    }
  }

  /// A finding set apart from the text. Its kind is a word, not only a colour.
  public struct Callout: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
      case note = "Note"
      case holds = "Holds"
      case caution = "Caution"
      case fails = "Fails"
    }

    public var kind: Kind
    public var text: ReportText

    public init(_ kind: Kind, _ text: ReportText) {
      self.kind = kind
      self.text = text
    }
  }
}

/// A titled part of a report.
public struct ReportSection: Sendable, Hashable {
  public var title: String
  public var blocks: [ReportBlock]

  public init(_ title: String, _ blocks: [ReportBlock]) {
    self.title = title
    self.blocks = blocks
  }
}
