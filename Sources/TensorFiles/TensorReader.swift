import Foundation

/// Reads files of tensors: `.safetensors`, `.npz` and `.npy`.
///
/// Every length is checked against what the file holds before memory is taken for it, so a damaged or hostile file costs
/// at most ``largestExpansion`` times its size.
public enum TensorReader {
  /// Larger files are refused: two gibibytes.
  public static let largestFile = 2 << 30
  /// By how much an `.npz` file may expand, all members together.
  public static let largestExpansion = ZipReader.largestExpansion

  /// The formats by the ending of the file's name.
  public enum Format: String, Sendable, CaseIterable {
    case safetensors, npz, npy
  }

  /// Reads a file.
  /// - Throws: ``TensorFileError``.
  public static func read(path: String) throws(TensorFileError) -> TensorFile {
    let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard let format = Format(rawValue: ending) else { throw .unknownFormat(file: path) }
    let url = URL(fileURLWithPath: path)
    guard FileManager.default.fileExists(atPath: path) else {
      throw .unreadable(file: path, reason: "it does not exist")
    }
    let size: Int
    let data: Data
    do {
      let values = try url.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
      guard values.isRegularFile == true else {
        throw TensorFileError.unreadable(file: path, reason: "it is not a regular file")
      }
      size = values.fileSize ?? 0
      guard size <= largestFile else {
        throw TensorFileError.tooLarge(file: path, bytes: size, limit: largestFile)
      }
      data = try Data(contentsOf: url)
    } catch let error as TensorFileError {
      throw error
    } catch {
      throw .unreadable(file: path, reason: "it is there but may not be read")
    }
    return try read(Array(data), format: format, file: path)
  }

  /// Reads bytes.
  /// - Parameter file: What messages call it.
  public static func read(_ bytes: [UInt8], format: Format, file: String) throws(TensorFileError)
    -> TensorFile
  {
    switch format {
    case .safetensors:
      return try TensorFile(path: file, tensors: SafetensorsReader.read(bytes[...], file: file))
    case .npy:
      return try TensorFile(path: file, tensors: [NumpyReader.read(bytes[...], name: "array", file: file)])
    case .npz:
      var tensors: [Tensor] = []
      for member in try ZipReader.read(bytes[...], file: file) {
        guard member.name.hasSuffix(".npy") else {
          throw .malformed(file: file, "member \"\(member.name)\" is not an .npy array")
        }
        tensors.append(
          try NumpyReader.read(member.bytes, name: String(member.name.dropLast(4)), file: file))
      }
      return try TensorFile(path: file, tensors: tensors)
    }
  }
}
