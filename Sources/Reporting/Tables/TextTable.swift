extension ReportTable {
  /// The table as lines of plain text: titles, a rule, then the rows, columns two blanks apart.
  ///
  /// Widths count terminal columns, not characters. A table wider than `limit` is given with its leading columns
  /// kept whole and cells of the widest leading-aligned column cut with an ellipsis, down to twelve columns.
  public func plainText(atMost limit: Int? = nil) -> String {
    guard !columns.isEmpty else { return "" }
    let texts = rows.indices.map { row in columns.indices.map { Self.plain(cell(row, $0)) } }
    var widths = columns.indices.map { column in
      max(
        DisplayWidth.columns(columns[column].title),
        texts.map { DisplayWidth.columns($0[column]) }.max() ?? 0)
    }
    if let limit { shrink(&widths, to: limit) }
    var lines: [String] = []
    if !caption.isEmpty { lines += [caption, ""] }
    lines.append(line(columns.map(\.title), widths))
    lines.append(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))
    lines += texts.map { line($0, widths) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = columns.indices.map { column in
      let text = Self.cut(cells[column], to: widths[column])
      let blank = String(repeating: " ", count: widths[column] - DisplayWidth.columns(text))
      return columns[column].alignment == .leading ? text + blank : blank + text
    }
    var line = padded.joined(separator: "  ")
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }

  private func shrink(_ widths: inout [Int], to limit: Int) {
    let surplus = widths.reduce(0, +) + 2 * (widths.count - 1) - limit
    guard surplus > 0 else { return }
    let leading = columns.indices.filter { columns[$0].alignment == .leading }
    guard let widest = leading.max(by: { widths[$0] < widths[$1] }) else { return }
    widths[widest] = max(min(12, widths[widest]), widths[widest] - surplus)
  }

  private static func plain(_ cell: Cell) -> String {
    // A line break would tear the row apart.
    let text = cell.text.plain.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard let mark = cell.mark else { return text }
    return text.isEmpty ? mark.sign : mark.sign + " " + text
  }

  private static func cut(_ text: String, to width: Int) -> String {
    guard DisplayWidth.columns(text) > width else { return text }
    var result = ""
    var used = 0
    for character in text {
      let columns = DisplayWidth.columns(character)
      if used + columns > width - 1 { break }
      result.append(character)
      used += columns
    }
    return result + "…"
  }
}
