import Foundation

/// The safetensors format: eight bytes with the header's length, a JSON header, then raw little-endian numbers.
///
/// Source: the format's description at huggingface.co/docs/safetensors.
enum SafetensorsReader {
  /// The format's own limit on the header.
  static let largestHeader = 100_000_000

  static func read(_ bytes: ArraySlice<UInt8>, file: String) throws(TensorFileError) -> [Tensor] {
    let reader = ByteReader(bytes, file: file)
    let headerLength = try reader.integer(0, width: 8, "the length of the header")
    guard headerLength <= largestHeader else {
      throw .malformed(
        file: file, "the header claims \(headerLength) bytes; the format allows \(largestHeader)")
    }
    let header = try reader.slice(8, headerLength, "the header")
    let data = try reader.slice(8 + headerLength, reader.count - 8 - headerLength, "the data")
    guard header.first == UInt8(ascii: "{"), isShallow(header),
      let object = try? JSONSerialization.jsonObject(with: Data(header)),
      let entries = object as? [String: Any]
    else {
      throw .malformed(file: file, "the header is not a JSON object; is this a safetensors file?")
    }
    var tensors: [Tensor] = []
    var used: [(range: Range<Int>, name: String)] = []
    for name in entries.keys.sorted() where name != "__metadata__" {
      let (tensor, range) = try read(name, entries[name], data, file: file)
      tensors.append(tensor)
      used.append((range, name))
    }
    // Overlaps would let a small file claim any amount of memory.
    used.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    for (first, second) in zip(used, used.dropFirst()) where first.range.upperBound > second.range.lowerBound
    {
      throw .malformed(file: file, "tensors \"\(first.name)\" and \"\(second.name)\" overlap")
    }
    return tensors
  }

  private static func read(_ name: String, _ entry: Any?, _ data: ArraySlice<UInt8>, file: String)
    throws(TensorFileError) -> (Tensor, Range<Int>)
  {
    guard let entry = entry as? [String: Any], let type = entry["dtype"] as? String,
      let shape = entry["shape"] as? [Int], let offsets = entry["data_offsets"] as? [Int], offsets.count == 2
    else {
      throw .malformed(
        file: file,
        "tensor \"\(name)\": expected dtype, shape and two data_offsets, whole numbers all")
    }
    guard let kind = kinds[type] else {
      throw .unsupported(
        file: file, tensor: name,
        "dtype \(type) is not read; expected one of \(kinds.keys.sorted().joined(separator: ", "))")
    }
    guard offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= data.count else {
      throw .malformed(
        file: file,
        "tensor \"\(name)\": data_offsets \(offsets) lie outside the \(data.count) bytes of data")
    }
    let length = offsets[1] - offsets[0]
    guard let count = elementCount(shape, atMost: data.count), count * kind.width == length else {
      throw .malformed(
        file: file, "tensor \"\(name)\": shape \(shape) of \(type) does not take \(length) bytes")
    }
    let start = data.startIndex + offsets[0]
    return (
      Tensor(name: name, shape: shape, values: kind.decode(data[start..<start + length])),
      offsets[0]..<offsets[1]
    )
  }

  private static let kinds: [String: NumberKind] = [
    "F64": .float64, "F32": .float32, "F16": .float16, "BF16": .bfloat16, "I64": .signed(width: 8),
    "I32": .signed(width: 4), "I16": .signed(width: 2), "I8": .signed(width: 1), "U64": .unsigned(width: 8),
    "U32": .unsigned(width: 4), "U16": .unsigned(width: 2), "U8": .unsigned(width: 1), "BOOL": .boolean,
  ]

  /// Whether brackets nest no deeper than a header needs: a parser that recurses must not be given more.
  private static func isShallow(_ text: ArraySlice<UInt8>) -> Bool {
    var depth = 0
    var inString = false
    var escaped = false
    for byte in text {
      if escaped {
        escaped = false
      } else if inString {
        if byte == UInt8(ascii: "\\") { escaped = true }
        if byte == UInt8(ascii: "\"") { inString = false }
      } else if byte == UInt8(ascii: "\"") {
        inString = true
      } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        depth += 1
        if depth > 8 { return false }
      } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
        depth -= 1
      }
    }
    return true
  }
}
