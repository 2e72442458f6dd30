import Foundation
import Testing

@testable import Reporting

@Suite struct ReportPageTests {
  static let hostile = "<img src=x onerror='alert(1)'> & \"quoted\""

  static func page(_ text: String) -> ReportPage {
    let table = ReportTable(
      text, columns: [.init(text, .leading), .init("value")],
      rows: [[.init(ReportText(text), mark: .bad), .number(0.25)], ["short"]])
    let chart = Chart(
      title: text, horizontal: ChartAxis("x"), vertical: ChartAxis("y"),
      series: [ChartSeries(text, x: [1, 2], y: [1, 2])])
    return ReportPage(
      title: text, lead: ReportText(text), facts: [.init(text, text)],
      sections: [
        ReportSection(text, [.paragraph(ReportText(text)), .list([ReportText(text)]), .table(table)]),
        ReportSection(
          text,
          [
            .charts([.init(chart, caption: ReportText(text)), .init(chart)]),
            .callout(.init(.fails, ReportText(text))),
            .code(text), .details(summary: text, blocks: [.charts([.init(chart)])]),
          ]),
      ], footer: ReportText(text))
  }

  /// A table of records carries the titles of its columns of numbers into each row, for windows too narrow for columns, and
  /// another table does not.
  @Test func recordsCarryTheirTitles() throws {
    var table = ReportTable(
      "t", columns: [.init("claim", .leading), .init("a<b")], rows: [["one", .number(2)]])
    func html(_ table: ReportTable) -> String {
      ReportPage(title: "t", lead: "l", sections: [ReportSection("s", [.table(table)])]).html()
    }
    #expect(!html(table).contains("data-column="))
    table.narrowForm = .records
    #expect(html(table).contains("<td class=\"number\" data-column=\"a&lt;b\">2</td>"))
    try WellFormed.check(html(table))
  }

  /// Whatever text a report is given, the page is well formed and holds no markup from it.
  @Test func everyTextIsEscaped() throws {
    let html = Self.page(Self.hostile).html()
    #expect(!html.contains("<img"))
    try WellFormed.check(html)
  }

  @Test func escapingCoversTheFiveCharactersAndControls() {
    #expect(
      Markup.escaped("<a href=\"x\">'&'</a>") == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;")
    #expect(Markup.escaped("a\u{0}b\u{1B}c\td") == "a\u{FFFD}b\u{FFFD}c\td")
    #expect(Markup.escaped("é 日本 ℓ") == "é 日本 ℓ")
  }

  /// A page loads nothing: no address, no script, and a policy that forbids both.
  @Test func pagesAreSelfContained() {
    let html = Self.page("plain").html()
    #expect(!html.contains("http:") && !html.contains("https:") && !html.contains("//"))
    #expect(!html.contains("<script") && !html.contains("<link") && !html.contains(" src="))
    #expect(html.contains("default-src 'none'"))
  }

  /// Links out of the report's folder lead to the top of the page instead.
  @Test(arguments: ["https://example.org", "//example.org", "javascript:alert(1)", "/etc/passwd"])
  func linksStayInside(_ target: String) {
    #expect(ReportText([.link("x", to: target)]).html == "<a href=\"#\">x</a>")
    #expect(ReportText([.link("x", to: "#windows")]).html == "<a href=\"#windows\">x</a>")
  }

  /// Identifiers are unique although titles repeat and the same chart stands three times.
  @Test func identifiersAreUnique() {
    let html = Self.page("content").html()
    let identifiers = html.components(between: " id=\"", and: "\"")
    #expect(identifiers.count >= 12)
    #expect(Set(identifiers).count == identifiers.count)
    for name in html.components(between: "labelledby=\"", and: "\"").flatMap({ $0.split(separator: " ") }) {
      #expect(identifiers.contains(String(name)))
    }
  }

  /// Tables name their columns and rows for assistive technology, and charts carry a title and a description.
  @Test func pagesAreAccessible() {
    let html = Self.page("plain").html()
    #expect(html.contains("<html lang=\"en\">"))
    #expect(html.contains("<th scope=\"col\">") && html.contains("<th scope=\"row\">"))
    #expect(html.components(between: "role=\"img\"", and: ">").count == 3)
    #expect(html.components(between: "<desc ", and: "</desc>").count == 3)
    #expect(html.contains("<caption>"))
  }

  @Test func backQuotesEncloseCode() {
    #expect(ReportText("run `ls -l` now").html == "run <code>ls -l</code> now")
    #expect(ReportText("an odd ` stays").html == "an odd ` stays")
    #expect(ReportText("run `ls` now").plain == "run ls now")
  }
}

extension String {
  /// The texts found between a start and the next end.
  fileprivate func components(between start: String, and end: String) -> [String] {
    var found: [String] = []
    var rest = self[...]
    while let from = rest.range(of: start) {
      rest = rest[from.upperBound...]
      guard let to = rest.range(of: end) else { break }
      found.append(String(rest[..<to.lowerBound]))
    }
    return found
  }
}
