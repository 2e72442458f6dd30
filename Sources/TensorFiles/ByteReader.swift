/// Little-endian numbers from bytes, every access checked.
struct ByteReader {
  let file: String
  let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>, file: String) {
    self.bytes = bytes
    self.file = file
  }

  var count: Int { bytes.count }

  /// The bytes at `offset`, counted from the start of this reader's bytes.
  func slice(_ offset: Int, _ length: Int, _ what: String) throws(TensorFileError) -> ArraySlice<UInt8> {
    guard offset >= 0, length >= 0, offset <= count, length <= count - offset else {
      throw .malformed(
        file: file, "\(what) needs \(length) bytes at \(offset), but there are \(count) in all")
    }
    return bytes[bytes.startIndex + offset..<bytes.startIndex + offset + length]
  }

  /// An unsigned number of `width` bytes.
  func unsigned(_ offset: Int, width: Int, _ what: String) throws(TensorFileError) -> UInt64 {
    try slice(offset, width, what).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The same where an index is wanted.
  func integer(_ offset: Int, width: Int, _ what: String) throws(TensorFileError) -> Int {
    let value = try unsigned(offset, width: width, what)
    guard let small = Int(exactly: value) else {
      throw .malformed(file: file, "\(what) is \(value), more than any file holds")
    }
    return small
  }
}
