import Foundation
import Testing

@Suite struct ProvenanceTests {
  private struct Versions: Decodable {
    struct File: Decodable {
      let name: String
      let sha256: String
      let script: String
      let scriptSha256: String
      let oracleSha256: String
      let precisionBits: Int
    }
    let files: [File]
  }

  private struct Manifest: Decodable {
    struct Entry: Decodable {
      let path: String
      let sha256: String
    }
    let files: [Entry]
  }

  /// Every file of enclosures is what its script, as it stands, has made, at the precision that the script sets: sums recorded at
  /// the making equal those of the manifest, which is compared with the files themselves elsewhere.
  @Test func recordsMatchTheScripts() throws {
    let decoder = JSONDecoder()
    let versions = try decoder.decode(
      Versions.self, from: Data(contentsOf: fixture("stable/VERSIONS.json")))
    let manifest = try decoder.decode(Manifest.self, from: Data(contentsOf: fixture("MANIFEST.json")))
    let sums = Dictionary(uniqueKeysWithValues: manifest.files.map { ("Fixtures/" + $0.path, $0.sha256) })
    #expect(versions.files.count == 4)
    for file in versions.files {
      #expect(
        sums["Fixtures/stable/" + file.name] == file.sha256, "\(file.name) was changed after it was made")
      #expect(sums[file.script] == file.scriptSha256, "\(file.script) was changed after it made \(file.name)")
      #expect(
        sums["Fixtures/generate/stable_oracle.py"] == file.oracleSha256,
        "stable_oracle.py was changed after it made \(file.name)")
      let script = try String(
        contentsOf: fixture(String(file.script.dropFirst("Fixtures/".count))), encoding: .utf8)
      #expect(script.contains("\nPREC = \(file.precisionBits)\n"), "\(file.script)")
    }
  }
}
