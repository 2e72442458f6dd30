import Foundation
import Testing

@Suite struct FloorTests {
  /// The modules by floor; a module may import only from floors below its own, or what is listed for it.
  private static let floors: [[String]] = [
    [
      "Numerics", "KernelsBaseline", "KernelsAVX2", "KernelsAVX512", "Kernels", "TheoryOracles",
      "PropertyEngine", "MatrixPeakAVX2", "MatrixPeakAVX512",
    ],
    ["StableLaws", "GatedCells", "KernelRegime", "TensorFiles", "PropertyTesting", "EngineBenchmarks"],
    ["Training"],
    ["LearnabilityWindow"],
    ["Claims"],
    ["Reporting", "Benchmarks"],
    ["learnability"],
  ]

  /// Exceptions within a floor: the kernels are one source in three builds, and the dispatcher sees them.
  private static let sameFloor = [
    "Kernels": ["KernelsBaseline", "KernelsAVX2", "KernelsAVX512"],
    "KernelsAVX2": ["KernelsBaseline"], "KernelsAVX512": ["KernelsBaseline"],
  ]

  /// What the toolchain brings.
  private static let toolchain = [
    "Foundation", "Dispatch", "Synchronization", "Testing", "Glibc", "Darwin", "Swift",
  ]

  /// What a module may not import although the toolchain brings it.
  private static let forbidden = [
    "PropertyEngine": ["Testing"], "Claims": ["Testing"], "Kernels": ["Testing"],
  ]

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The modules that each source file of a module imports.
  private static func imports(of module: String) throws -> [(file: String, module: String)] {
    let folder = root.appendingPathComponent("Sources/\(module)").resolvingSymlinksInPath()
    guard let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
      return []
    }
    var found: [(String, String)] = []
    for case let file as URL in walk where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ").filter { !$0.hasPrefix("@") && $0 != "public" }
        guard words.first == "import", words.count >= 2 else { continue }
        found.append((file.lastPathComponent, String(words[words.count - 1])))
      }
    }
    return found
  }

  /// A module imports only from floors below its own.
  @Test func importsPointDownwards() throws {
    for (floor, modules) in Self.floors.enumerated() {
      let below = Set(Self.floors[..<floor].flatMap(\.self))
      for module in modules {
        for (file, imported) in try Self.imports(of: module) where imported != module {
          let allowed =
            below.contains(imported) || Self.sameFloor[module]?.contains(imported) == true
            || (Self.toolchain.contains(imported) && Self.forbidden[module]?.contains(imported) != true)
          #expect(allowed, "\(module)/\(file) imports \(imported), which is not below it")
        }
      }
    }
  }

  /// An oracle shares no code with what it judges: it imports Foundation and nothing else.
  @Test func oraclesStandAlone() throws {
    for (file, imported) in try Self.imports(of: "TheoryOracles") {
      #expect(imported == "Foundation", "TheoryOracles/\(file) imports \(imported)")
    }
  }

  /// Every folder of Sources/ has its floor, so that none escapes the test.
  @Test func everyModuleHasItsFloor() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appendingPathComponent("Sources").path)
    let known = Set(Self.floors.flatMap(\.self))
    for folder in folders where !folder.hasPrefix(".") {
      #expect(known.contains(folder), "Sources/\(folder) has no floor in this test")
    }
  }

  /// The package depends on nothing: no package dependency is named in the manifest.
  @Test func noPackageDependencies() throws {
    let manifest = try String(
      contentsOf: Self.root.appendingPathComponent("Package.swift"), encoding: .utf8)
    #expect(!manifest.contains(".package("))
  }
}
