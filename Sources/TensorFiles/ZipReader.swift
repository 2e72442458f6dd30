/// The members of a zip archive, as `numpy.savez` and `savez_compressed` write them: stored or deflated, not encrypted.
///
/// The central directory decides; names are keys and never become paths. Source: PKWARE's APPNOTE, sections 4.3 and 4.5.3.
enum ZipReader {
  struct Member {
    let name: String
    let bytes: ArraySlice<UInt8>
  }

  /// All members together may expand to this many times the file, plus a mebibyte: memory stays within what the file
  /// warrants.
  static let largestExpansion = 64

  static func read(_ bytes: ArraySlice<UInt8>, file: String) throws(TensorFileError) -> [Member] {
    let reader = ByteReader(bytes, file: file)
    let end = try endRecord(reader)
    guard try reader.integer(end + 4, width: 4, "the disk numbers") == 0 else {
      throw .malformed(file: file, "the archive spreads over several disks; expected one file")
    }
    var count = try reader.integer(end + 10, width: 2, "the number of members")
    var offset = try reader.integer(end + 16, width: 4, "the place of the directory")
    // The 64-bit record stands before the ordinary one when a field there is full.
    if count == 0xffff || offset == 0xffff_ffff, end >= 20,
      try reader.integer(end - 20, width: 4, "the 64-bit locator") == 0x0706_4b50
    {
      let record = try reader.integer(end - 12, width: 8, "the place of the 64-bit record")
      guard record <= reader.count, try reader.integer(record, width: 4, "the 64-bit record") == 0x0606_4b50
      else { throw .malformed(file: file, "the 64-bit end record is not where it is said to be") }
      count = try reader.integer(record + 32, width: 8, "the number of members")
      offset = try reader.integer(record + 48, width: 8, "the place of the directory")
    }
    guard count <= reader.count / 46 else {
      throw .malformed(file: file, "the directory claims \(count) members, more than fit into the file")
    }
    var budget = reader.count.multipliedReportingOverflow(by: largestExpansion).partialValue + 1 << 20
    var members: [Member] = []
    for _ in 0..<count {
      let (member, next) = try member(reader, at: offset, budget: &budget)
      members.append(member)
      offset = next
    }
    return members
  }

  private static func endRecord(_ reader: ByteReader) throws(TensorFileError) -> Int {
    let first = max(0, reader.count - 22 - 0xffff)
    var position = reader.count - 22
    while position >= first {
      if try reader.integer(position, width: 4, "the end record") == 0x0605_4b50 { return position }
      position -= 1
    }
    throw .malformed(file: reader.file, "there is no zip directory; is this an .npz file, and is it whole?")
  }

  private static func member(_ reader: ByteReader, at offset: Int, budget: inout Int)
    throws(TensorFileError) -> (Member, Int)
  {
    let file = reader.file
    guard offset <= reader.count, try reader.integer(offset, width: 4, "a directory entry") == 0x0201_4b50
    else { throw .malformed(file: file, "a directory entry is not where it is said to be") }
    let flags = try reader.integer(offset + 8, width: 2, "flags")
    let method = try reader.integer(offset + 10, width: 2, "the method")
    let checksum = try reader.unsigned(offset + 16, width: 4, "the checksum")
    var compressed = try reader.integer(offset + 20, width: 4, "the compressed size")
    var size = try reader.integer(offset + 24, width: 4, "the size")
    let nameLength = try reader.integer(offset + 28, width: 2, "the name's length")
    let extraLength = try reader.integer(offset + 30, width: 2, "the extra length")
    let commentLength = try reader.integer(offset + 32, width: 2, "the comment's length")
    var local = try reader.integer(offset + 42, width: 4, "the member's place")
    let name = String(decoding: try reader.slice(offset + 46, nameLength, "a name"), as: UTF8.self)
    try check(name, file: file)
    let extra = ByteReader(
      try reader.slice(offset + 46 + nameLength, extraLength, "extra fields"), file: file)
    try widen(extra, &size, &compressed, &local)
    guard flags & 1 == 0 else { throw .unsupported(file: file, tensor: name, "the member is encrypted") }
    guard local <= reader.count, try reader.integer(local, width: 4, "member \"\(name)\"") == 0x0403_4b50
    else {
      throw .malformed(file: file, "member \"\(name)\" is not where the directory says")
    }
    let start =
      local + 30 + (try reader.integer(local + 26, width: 2, "the name's length"))
      + (try reader.integer(local + 28, width: 2, "the extra length"))
    let packed = try reader.slice(start, compressed, "member \"\(name)\"")
    guard size <= budget else {
      throw .malformed(
        file: file,
        "member \"\(name)\" claims \(size) bytes; the archive may expand to \(largestExpansion) times its size"
      )
    }
    budget -= size
    let content = try unpack(packed, method: method, size: size, name: name, file: file)
    guard UInt64(CyclicRedundancy.checksum(content)) == checksum else {
      throw .malformed(file: file, "member \"\(name)\" is damaged: its checksum differs")
    }
    return (Member(name: name, bytes: content), offset + 46 + nameLength + extraLength + commentLength)
  }

  private static func unpack(
    _ packed: ArraySlice<UInt8>, method: Int, size: Int, name: String, file: String
  ) throws(TensorFileError) -> ArraySlice<UInt8> {
    switch method {
    case 0:
      guard packed.count == size else {
        throw .malformed(
          file: file, "member \"\(name)\" is stored, but its two sizes differ: \(packed.count) and \(size)")
      }
      return packed
    case 8:
      guard let content = Inflate.decompress(packed, limit: size), content.count == size else {
        throw .malformed(file: file, "member \"\(name)\" does not inflate to \(size) bytes: it is damaged")
      }
      return content[...]
    default:
      throw .unsupported(
        file: file, tensor: name, "compression method \(method) is not read; expected stored or deflated")
    }
  }

  /// Names become dictionary keys only, yet a name that climbs out of a folder tells of an archive made to do harm.
  private static func check(_ name: String, file: String) throws(TensorFileError) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, !name.hasPrefix("/"), !name.contains("\\"), !name.utf8.contains(0),
      !parts.contains("..")
    else {
      throw .malformed(file: file, "member name \"\(name)\" is not a plain name such as \"weight.npy\"")
    }
  }

  /// The 64-bit values of fields that are full, in the order size, compressed size, place.
  private static func widen(
    _ extra: ByteReader, _ size: inout Int, _ compressed: inout Int, _ local: inout Int
  ) throws(TensorFileError) {
    var position = 0
    while position + 4 <= extra.count {
      let tag = try extra.integer(position, width: 2, "an extra field")
      let length = try extra.integer(position + 2, width: 2, "an extra field")
      var field = position + 4
      if tag == 1 {
        func wide(_ value: Int) throws(TensorFileError) -> Int {
          guard value == 0xffff_ffff else { return value }
          field += 8
          return try extra.integer(field - 8, width: 8, "a 64-bit size")
        }
        size = try wide(size)
        compressed = try wide(compressed)
        local = try wide(local)
      }
      position += 4 + length
    }
  }
}

/// The 32-bit checksum of zip archives (ISO 3309, reflected polynomial 0xEDB88320).
enum CyclicRedundancy {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }

  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { table[Int(($0 ^ UInt32($1)) & 0xff)] ^ ($0 >> 8) }
  }
}
