import Foundation
import TensorFiles
import Testing

@Suite struct TensorReaderTests {
  private func safetensors(_ header: String, data: [UInt8]) -> [UInt8] {
    let text = Array(header.utf8)
    return (0..<8).map { UInt8(text.count >> (8 * $0) & 0xff) } + text + data
  }

  private func message(_ bytes: [UInt8], _ format: TensorReader.Format) -> String {
    do {
      _ = try TensorReader.read(bytes, format: format, file: "f")
      return "read"
    } catch { return error.description }
  }

  /// Every number type is decoded to the double it stands for.
  @Test func numberTypes() throws {
    let header = """
      {"h":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[6,8]},
      "i":{"dtype":"I16","shape":[1],"data_offsets":[8,10]},"f":{"dtype":"F32","shape":[1],"data_offsets":[10,14]},
      "u":{"dtype":"U8","shape":[],"data_offsets":[14,15]},"__metadata__":{"format":"pt"}}
      """
    let data: [UInt8] = [
      0x00, 0x3e, 0x01, 0x00, 0x00, 0xfc, 0x80, 0x3f, 0xfe, 0xff, 0x00, 0x00, 0x20, 0xc0, 200,
    ]
    let file = try TensorReader.read(safetensors(header, data: data), format: .safetensors, file: "f")
    #expect(file.tensors["h"]?.values == [1.5, 0x1p-24, -.infinity])
    #expect(file.tensors["b"]?.values == [1])
    #expect(file.tensors["i"]?.values == [-2])
    #expect(file.tensors["f"]?.values == [-2.5])
    #expect(file.tensors["u"]?.values == [200])
  }

  /// Headers that claim too much, overlap, or name an unknown type are refused with what is wrong.
  @Test func badHeaders() {
    #expect(
      message([255, 255, 255, 255, 255, 255, 255, 255], .safetensors).contains("more than any file holds"))
    #expect(
      message([255, 255, 255, 0, 0, 0, 0, 0, 123], .safetensors).contains("the header needs 16777215 bytes"))
    let overlap =
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#
    #expect(message(safetensors(overlap, data: [1, 2, 3]), .safetensors).contains("overlap"))
    let type = #"{"a":{"dtype":"Q4","shape":[2],"data_offsets":[0,2]}}"#
    #expect(
      message(safetensors(type, data: [1, 2]), .safetensors).contains("dtype Q4 is not read; expected one of")
    )
    let shape = #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#
    #expect(
      message(safetensors(shape, data: [0, 0, 0, 0, 0, 0, 0, 0]), .safetensors).contains(
        "does not take 8 bytes"))
    let deep = String(repeating: "[", count: 100_000)
    #expect(message(safetensors("{\"a\":" + deep, data: []), .safetensors).contains("not a JSON object"))
  }

  /// A member name that climbs out of its folder, and a member that expands beyond all measure, are refused.
  @Test func badArchives() throws {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/weights/trace.npz")
    let bytes = Array(try Data(contentsOf: url))
    let name = Array("written.npy".utf8)
    var climbing = bytes
    for start in 0..<bytes.count - name.count where Array(bytes[start..<start + name.count]) == name {
      climbing.replaceSubrange(start..<start + name.count, with: Array("../../a.npy".utf8))
    }
    #expect(message(climbing, .npz).contains("is not a plain name"))
    var damaged = bytes
    // In the middle of the first member's data.
    damaged[100] ^= 0xff
    #expect(message(damaged, .npz).contains("damaged"))
    #expect(message(Array(bytes.prefix(bytes.count - 30)), .npz).contains("is it whole?"))
  }

  /// Arrays in the order of Fortran come out in ours, and those of other types are refused.
  @Test func arraysOfNumPy() throws {
    func array(_ header: String, _ data: [UInt8]) -> [UInt8] {
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + data
    }
    let good = array("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", [1, 4, 2, 5, 3, 6])
    let file = try TensorReader.read(good, format: .npy, file: "f")
    #expect(file.tensors["array"]?.values == [1, 2, 3, 4, 5, 6])
    let objects = array("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", [0])
    #expect(message(objects, .npy).contains("type |O is not read"))
    let big = array("{'descr': '>i2', 'fortran_order': False, 'shape': (1,), }", [1, 0])
    #expect(try TensorReader.read(big, format: .npy, file: "f").tensors["array"]?.values == [256])
  }

  /// A file that is not there, or of an unknown ending, is named.
  @Test func filesThatCannotBeRead() {
    #expect(throws: TensorFileError.unknownFormat(file: "model.pt")) {
      try TensorReader.read(path: "model.pt")
    }
    #expect(throws: TensorFileError.self) { try TensorReader.read(path: "/nowhere/at/all.npz") }
  }
}
