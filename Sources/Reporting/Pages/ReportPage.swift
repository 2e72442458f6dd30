/// A report as a value: one page of HTML that needs no other file and no network.
public struct ReportPage: Sendable, Hashable {
  /// A labelled fact of the head of the report, such as a preset or a seed.
  public struct Fact: Sendable, Hashable {
    public var label: String
    public var value: String

    public init(_ label: String, _ value: String) {
      self.label = label
      self.value = value
    }
  }

  public var title: String
  /// The main finding in one or two sentences: what a reader in a hurry should know.
  public var lead: ReportText
  public var facts: [Fact]
  public var sections: [ReportSection]
  /// How the report came about, such as the command that made it.
  public var footer: ReportText?

  public init(
    title: String, lead: ReportText, facts: [Fact] = [], sections: [ReportSection], footer: ReportText? = nil
  ) {
    self.title = title
    self.lead = lead
    self.facts = facts
    self.sections = sections
    self.footer = footer
  }

  /// The page as HTML, the same bytes for the same value.
  ///
  /// - Complexity: linear in what it holds.
  public func html() -> String {
    var writer = PageWriter()
    let anchors = Self.anchors(of: sections)
    let name = Markup.escaped(title)
    writer.raw("<!doctype html>")
    writer.raw("<html lang=\"en\"><head><meta charset=\"utf-8\">")
    writer.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
    writer.raw("<meta name=\"color-scheme\" content=\"light dark\">")
    // The page states that it loads nothing; a browser enforces it.
    writer.raw(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
    )
    writer.raw("<title>\(name)</title><style>\(PageStyleSheet.text)\(Chart.styleSheet)</style></head><body>")
    writer.raw("<a class=\"skip\" href=\"#content\">Skip to the findings</a>")
    writer.raw("<header><h1>\(name)</h1><p class=\"lead\">\(lead.html)</p>")
    if !facts.isEmpty {
      writer.raw("<dl class=\"facts\">")
      for fact in facts {
        writer.raw(
          "<div><dt>\(Markup.escaped(fact.label))</dt><dd>\(Markup.escaped(fact.value))</dd></div>")
      }
      writer.raw("</dl>")
    }
    if sections.count > 1 {
      writer.raw("<nav aria-label=\"Contents\"><ol>")
      for (section, anchor) in zip(sections, anchors) {
        writer.raw("<li><a href=\"#\(anchor)\">\(Markup.escaped(section.title))</a></li>")
      }
      writer.raw("</ol></nav>")
    }
    writer.raw("</header><main id=\"content\">")
    for (section, anchor) in zip(sections, anchors) {
      writer.raw("<section aria-labelledby=\"\(anchor)\">")
      writer.raw("<h2 id=\"\(anchor)\">\(Markup.escaped(section.title))</h2>")
      for block in section.blocks { writer.write(block) }
      writer.raw("</section>")
    }
    writer.raw("</main>")
    if let footer { writer.raw("<footer><p>\(footer.html)</p></footer>") }
    writer.raw("</body></html>")
    return writer.markup
  }

  /// Fragment identifiers of the sections, distinct even when titles repeat.
  static func anchors(of sections: [ReportSection]) -> [String] {
    var taken: Set<String> = ["content"]
    return sections.map { section in
      let base = Markup.identifier(section.title)
      var candidate = base
      var number = 2
      while !taken.insert(candidate).inserted {
        candidate = "\(base)-\(number)"
        number += 1
      }
      return candidate
    }
  }
}
