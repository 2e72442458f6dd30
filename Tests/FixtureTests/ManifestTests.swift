import Foundation
import Testing

@Suite struct ManifestTests {
  struct Manifest: Decodable {
    struct Entry: Decodable {
      let path: String
      let bytes: Int
      let sha256: String
    }
    let files: [Entry]
  }

  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static func manifest() throws -> Manifest {
    let data = try Data(contentsOf: folder.appendingPathComponent("MANIFEST.json"))
    return try JSONDecoder().decode(Manifest.self, from: data)
  }

  /// SHA-256 returns the digests published with the standard, for messages on either side of the padding boundary.
  @Test func knownDigests() {
    #expect(
      SHA256.hexDigest([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      SHA256.hexDigest(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.hexDigest(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      SHA256.hexDigest([UInt8](repeating: 97, count: 1000))
        == "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3")
  }

  /// Every fixture file has the length and the SHA-256 that the manifest records.
  @Test func filesMatchTheirSums() throws {
    let files = try Self.manifest().files
    #expect(!files.isEmpty)
    for entry in files {
      let data = try Data(contentsOf: Self.folder.appendingPathComponent(entry.path))
      #expect(data.count == entry.bytes, "\(entry.path)")
      #expect(
        SHA256.hexDigest([UInt8](data)) == entry.sha256, "\(entry.path) was changed after its manifest entry")
    }
  }

  /// The manifest names every file under Fixtures but itself; `Fixtures/generate/manifest.py` rebuilds it.
  @Test func nothingIsMissing() throws {
    let root = Self.folder.standardizedFileURL.path + "/"
    let listed = Set(try Self.manifest().files.map(\.path))
    var present: Set<String> = []
    let walker = FileManager.default.enumerator(atPath: root)
    while let path = walker?.nextObject() as? String {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: root + path, isDirectory: &isFolder)
      let isHidden = path.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "__pycache__" }
      if !isFolder.boolValue && !isHidden && path != "MANIFEST.json" { present.insert(path) }
    }
    #expect(
      present == listed, "run Fixtures/generate/manifest.py: \(present.symmetricDifference(listed).sorted())")
  }
}
