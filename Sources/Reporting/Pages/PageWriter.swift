/// Turns blocks into HTML.
struct PageWriter {
  private(set) var markup = ""
  private var figureCount = 0

  mutating func raw(_ text: String) { markup += text + "\n" }

  mutating func write(_ block: ReportBlock) {
    switch block {
    case .paragraph(let text): raw("<p>\(text.html)</p>")
    case .list(let items):
      raw("<ul>")
      for item in items { raw("<li>\(item.html)</li>") }
      raw("</ul>")
    case .table(let table): write(table)
    case .charts(let figures):
      raw("<div class=\"charts\(figures.count == 1 ? " alone" : "")\">")
      for figure in figures { write(figure) }
      raw("</div>")
    case .callout(let callout):
      raw("<div class=\"callout \(callout.kind.rawValue.lowercased())\" role=\"note\">")
      raw("<p><strong>\(callout.kind.rawValue).</strong> \(callout.text.html)</p></div>")
    case .code(let text):
      raw("<pre tabindex=\"0\"><code>\(Markup.escaped(text))</code></pre>")
    case .details(let summary, let blocks):
      raw("<details><summary>\(Markup.escaped(summary))</summary>")
      for block in blocks { write(block) }
      raw("</details>")
    }
  }

  private mutating func write(_ figure: ReportBlock.Figure) {
    figureCount += 1
    raw("<figure>")
    // The prefix keeps figure identifiers apart from section anchors.
    markup += figure.chart.svg(identifier: "figure-\(figureCount)-chart", embedding: .inline)
    if let caption = figure.caption { raw("<figcaption>\(caption.html)</figcaption>") }
    raw("</figure>")
  }

  private mutating func write(_ table: ReportTable) {
    let label = Markup.escaped(table.caption)
    // A wide table scrolls in its own box, reachable by keyboard, so that the page never does.
    let isRecords = table.narrowForm == .records
    raw(
      "<div class=\"table\(isRecords ? " records" : "")\" role=\"region\" tabindex=\"0\" aria-label=\"\(label)\"><table>"
    )
    raw("<caption>\(label)</caption><thead><tr>")
    for column in table.columns {
      raw("<th scope=\"col\"\(Self.align(column.alignment))>\(Markup.escaped(column.title))</th>")
    }
    raw("</tr></thead><tbody>")
    for row in table.rows.indices {
      raw("<tr>")
      for (index, column) in table.columns.enumerated() {
        let cell = table.cell(row, index)
        let content = Self.content(cell)
        var alignment = Self.align(column.alignment)
        if isRecords, column.alignment == .trailing {
          alignment += " data-column=\"\(Markup.escaped(column.title))\""
        }
        raw(index == 0 ? "<th scope=\"row\"\(alignment)>\(content)</th>" : "<td\(alignment)>\(content)</td>")
      }
      raw("</tr>")
    }
    raw("</tbody></table></div>")
  }

  private static func content(_ cell: ReportTable.Cell) -> String {
    guard let mark = cell.mark else { return cell.text.html }
    return "<span class=\"mark \(mark.className)\">\(mark.sign)</span> \(cell.text.html)"
  }

  private static func align(_ alignment: ReportTable.Alignment) -> String {
    alignment == .trailing ? " class=\"number\"" : ""
  }
}
