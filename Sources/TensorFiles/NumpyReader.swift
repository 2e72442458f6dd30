/// NumPy's array format `.npy`, versions 1 to 3: magic, version, a header in Python's notation, then raw numbers.
///
/// Source: numpy.org, `numpy.lib.format`.
enum NumpyReader {
  static func read(_ bytes: ArraySlice<UInt8>, name: String, file: String) throws(TensorFileError) -> Tensor {
    let reader = ByteReader(bytes, file: file)
    guard try Array(reader.slice(0, 6, "the magic of array \"\(name)\"")) == [0x93] + Array("NUMPY".utf8)
    else { throw .malformed(file: file, "array \"\(name)\" does not begin as an .npy file does") }
    let version = try reader.integer(6, width: 1, "the version of array \"\(name)\"")
    guard (1...3).contains(version) else {
      throw .malformed(file: file, "array \"\(name)\" has format version \(version); expected 1, 2 or 3")
    }
    let width = version == 1 ? 2 : 4
    let length = try reader.integer(8, width: width, "the header length of array \"\(name)\"")
    let header = String(
      decoding: try reader.slice(8 + width, length, "the header of array \"\(name)\""), as: UTF8.self)
    let start = 8 + width + length
    let data = try reader.slice(start, reader.count - start, "the data")
    guard let type = text(header, after: "'descr'"), let order = word(header, after: "'fortran_order'"),
      let shape = shape(header)
    else {
      throw .malformed(
        file: file, "the header of array \"\(name)\" lacks 'descr', 'fortran_order' or 'shape'")
    }
    guard let (kind, bigEndian) = kind(type) else {
      throw .unsupported(
        file: file, tensor: name,
        "type \(type) is not read; expected real numbers (f2, f4, f8), whole numbers or b1")
    }
    guard let count = elementCount(shape, atMost: data.count), count * kind.width == data.count else {
      throw .malformed(
        file: file,
        "array \"\(name)\": shape \(shape) of \(type) does not take the \(data.count) bytes that are there")
    }
    let values = kind.decode(data, bigEndian: bigEndian)
    return Tensor(
      name: name, shape: shape, values: order.hasPrefix("True") ? rowMajor(values, shape) : values)
  }

  private static func kind(_ type: String) -> (NumberKind, Bool)? {
    let letters = Array(type)
    guard letters.count >= 2, let order = letters.first else { return nil }
    let bigEndian = order == ">"
    switch ("<>|=".contains(order) ? String(letters.dropFirst()) : type) {
    case "f8": return (.float64, bigEndian)
    case "f4": return (.float32, bigEndian)
    case "f2": return (.float16, bigEndian)
    case "i8": return (.signed(width: 8), bigEndian)
    case "i4": return (.signed(width: 4), bigEndian)
    case "i2": return (.signed(width: 2), bigEndian)
    case "i1": return (.signed(width: 1), bigEndian)
    case "u8": return (.unsigned(width: 8), bigEndian)
    case "u4": return (.unsigned(width: 4), bigEndian)
    case "u2": return (.unsigned(width: 2), bigEndian)
    case "u1": return (.unsigned(width: 1), bigEndian)
    case "b1": return (.boolean, bigEndian)
    default: return nil
    }
  }

  /// What follows a key and its colon, without leading blanks.
  private static func word(_ header: String, after key: String) -> Substring? {
    guard let range = header.firstRange(of: key) else { return nil }
    return header[range.upperBound...].drop { $0 == ":" || $0 == " " }
  }

  private static func text(_ header: String, after key: String) -> String? {
    guard let rest = word(header, after: key), let quote = rest.first, quote == "'" || quote == "\"",
      let end = rest.dropFirst().firstIndex(of: quote)
    else { return nil }
    return String(rest[rest.index(after: rest.startIndex)..<end])
  }

  private static func shape(_ header: String) -> [Int]? {
    guard let rest = word(header, after: "'shape'"), rest.first == "(", let end = rest.firstIndex(of: ")")
    else { return nil }
    let items = rest[rest.index(after: rest.startIndex)..<end].split(separator: ",").map {
      $0.filter { $0 != " " && $0 != "L" }
    }.filter { !$0.isEmpty }
    let extents = items.compactMap { Int($0) }
    return extents.count == items.count && extents.count <= 32 ? extents : nil
  }

  /// Reorders numbers that lie first index fastest.
  private static func rowMajor(_ values: [Double], _ shape: [Int]) -> [Double] {
    guard shape.count > 1, !values.isEmpty else { return values }
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in 1..<shape.count { strides[axis] = strides[axis - 1] * shape[axis - 1] }
    var index = [Int](repeating: 0, count: shape.count)
    return values.indices.map { _ in
      let position = zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }
      for axis in shape.indices.reversed() {
        index[axis] += 1
        if index[axis] < shape[axis] { break }
        index[axis] = 0
      }
      return values[position]
    }
  }
}
