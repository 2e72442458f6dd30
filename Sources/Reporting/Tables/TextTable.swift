extension ReportTable {
  /// Columns of text are not made narrower than this.
  private static let narrowest = 12

  /// The table as lines of plain text: titles, a rule, then the rows, columns two blanks apart.
  ///
  /// Widths count terminal columns, not characters. In a table wider than `limit` the widest leading-aligned columns are
  /// wrapped between words, down to twelve columns each; nothing is left out, and numbers are never torn.
  public func plainText(atMost limit: Int? = nil) -> String {
    guard !columns.isEmpty else { return "" }
    var widths = naturalWidths
    if let limit { shrink(&widths, to: limit) }
    var lines: [String] = []
    if !caption.isEmpty { lines += [caption, ""] }
    lines += row(columns.map(\.title), widths)
    lines.append(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))
    for index in rows.indices { lines += row(columns.indices.map { Self.plain(cell(index, $0)) }, widths) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// How wide the table is as text, and how much of that is its column `index`, with nothing wrapped.
  func naturalWidth(ofColumn index: Int) -> (table: Int, column: Int) {
    let widths = naturalWidths
    return (widths.reduce(0, +) + 2 * (widths.count - 1), widths[index])
  }

  private var naturalWidths: [Int] {
    columns.indices.map { column in
      rows.indices.reduce(DisplayWidth.columns(columns[column].title)) {
        max($0, DisplayWidth.columns(Self.plain(cell($1, column))))
      }
    }
  }

  /// The lines of one row: as many as its longest cell takes.
  private func row(_ cells: [String], _ widths: [Int]) -> [String] {
    let wrapped = columns.indices.map { DisplayWidth.wrap(cells[$0], to: widths[$0]) }
    return (0..<(wrapped.map(\.count).max() ?? 0)).map { number in
      let padded = columns.indices.map { column in
        let text = number < wrapped[column].count ? wrapped[column][number] : ""
        let blank = String(repeating: " ", count: max(0, widths[column] - DisplayWidth.columns(text)))
        return columns[column].alignment == .leading ? text + blank : blank + text
      }
      var line = padded.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }

  /// Takes from the widest columns of text until the table fits, or they are all at their narrowest.
  private func shrink(_ widths: inout [Int], to limit: Int) {
    var surplus = widths.reduce(0, +) + 2 * (widths.count - 1) - limit
    while surplus > 0 {
      let yielding = columns.indices.filter {
        columns[$0].alignment == .leading && widths[$0] > Self.narrowest
      }
      guard let widest = yielding.max(by: { widths[$0] < widths[$1] }) else { return }
      // Down to the next widest at once, so that equal columns share what is missing.
      let next = yielding.filter { $0 != widest }.map { widths[$0] }.max() ?? Self.narrowest
      let cut = min(surplus, max(1, widths[widest] - max(Self.narrowest, next)))
      widths[widest] -= cut
      surplus -= cut
    }
  }

  private static func plain(_ cell: Cell) -> String {
    // A line break would tear the row apart.
    let text = cell.text.plain.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard let mark = cell.mark else { return text }
    return text.isEmpty ? mark.sign : mark.sign + " " + text
  }
}
