// swift-tools-version: 6.2
import PackageDescription

/// Numeric modules are optimised in debug builds too: an unoptimised LSTM step is a thousand times
/// slower, and `swift test` must stay quick. Assertions and `@testable` keep working.
let optimisedInDebug: [SwiftSetting] = [
  .unsafeFlags(
    ["-O", "-wmo", "-num-threads", "1", "-disable-batch-mode"], .when(configuration: .debug))
]

/// One source, three instruction sets: KernelsAVX2 and KernelsAVX512 hold links to the files of
/// KernelsBaseline. They contain raw pointers and SIMD types only, so that no generic specialisation
/// compiled for a newer processor can be picked by the linker for code that runs on an older one.
func kernelLevel(_ define: String, _ march: String) -> [SwiftSetting] {
  #if arch(x86_64)
    return [
      .define(define), .define("PREFETCH", .when(configuration: .release)),
      .unsafeFlags(["-Xcc", "-march=" + march, "-Xcc", "-fno-math-errno"]),
    ] + optimisedInDebug
  #else
    return optimisedInDebug
  #endif
}

// Floors, lowest first: a module imports only from floors below its own.
// Tests/ArchitectureTests reads the imports and fails when one points upwards.

let floor0: [Target] = [
  .target(name: "Numerics", swiftSettings: optimisedInDebug),
  .target(name: "KernelsBaseline", swiftSettings: optimisedInDebug),
  .target(
    name: "KernelsAVX2", dependencies: ["KernelsBaseline"],
    swiftSettings: kernelLevel("LEVEL_AVX2", "x86-64-v3")),
  .target(
    name: "KernelsAVX512", dependencies: ["KernelsBaseline"],
    swiftSettings: kernelLevel("LEVEL_AVX512", "x86-64-v4")),
  .target(
    name: "Kernels", dependencies: ["KernelsBaseline", "KernelsAVX2", "KernelsAVX512"],
    swiftSettings: optimisedInDebug),
  .target(name: "MatrixPeakAVX2", swiftSettings: kernelLevel("LEVEL_AVX2", "x86-64-v3")),
  .target(name: "MatrixPeakAVX512", swiftSettings: kernelLevel("LEVEL_AVX512", "x86-64-v4")),
  .target(name: "TheoryOracles", swiftSettings: optimisedInDebug),
  .target(name: "PropertyEngine", swiftSettings: optimisedInDebug),
]

let floor1: [Target] = [
  .target(name: "StableLaws", dependencies: ["Numerics"], swiftSettings: optimisedInDebug),
  .target(name: "GatedCells", dependencies: ["Kernels", "Numerics"], swiftSettings: optimisedInDebug),
  .target(name: "TensorFiles", swiftSettings: optimisedInDebug),
  .target(name: "KernelRegime", dependencies: ["Numerics"], swiftSettings: optimisedInDebug),
  .target(name: "EngineBenchmarks", dependencies: ["PropertyEngine"], swiftSettings: optimisedInDebug),
  .target(name: "PropertyTesting", dependencies: ["PropertyEngine"]),
]

let floor2: [Target] = [
  .target(
    name: "Training", dependencies: ["GatedCells", "Kernels", "Numerics"], swiftSettings: optimisedInDebug)
]

let floor3: [Target] = [
  .target(
    name: "LearnabilityWindow",
    dependencies: ["GatedCells", "Kernels", "Numerics", "StableLaws", "Training"],
    swiftSettings: optimisedInDebug)
]

let floor4: [Target] = [
  .target(
    name: "Claims",
    dependencies: [
      "GatedCells", "KernelRegime", "LearnabilityWindow", "Numerics", "PropertyEngine", "StableLaws",
      "TensorFiles",
      "TheoryOracles", "Training",
    ], swiftSettings: optimisedInDebug)
]

let floor5: [Target] = [
  .target(
    name: "Benchmarks",
    dependencies: [
      "EngineBenchmarks", "GatedCells", "KernelRegime", "Kernels", "LearnabilityWindow", "MatrixPeakAVX2",
      "MatrixPeakAVX512", "Numerics", "StableLaws", "Training",
    ], swiftSettings: optimisedInDebug),
  .target(
    name: "Reporting",
    dependencies: [
      "Claims", "GatedCells", "KernelRegime", "LearnabilityWindow", "Numerics", "PropertyEngine", "Training",
    ]),
]

let floor6: [Target] = [
  .executableTarget(
    name: "learnability",
    dependencies: [
      "Benchmarks",
      "Claims", "Reporting", "LearnabilityWindow", "KernelRegime", "Training", "GatedCells", "Numerics",
      "PropertyEngine",
      "TensorFiles",
    ])
]

let tests: [Target] = [
  .testTarget(
    name: "StableLawsTests", dependencies: ["StableLaws", "Numerics", "PropertyEngine"],
    swiftSettings: optimisedInDebug),
  .testTarget(name: "BenchmarksTests", dependencies: ["Benchmarks"]),
  .testTarget(name: "NumericsTests", dependencies: ["Numerics"]),
  .testTarget(
    name: "KernelsTests", dependencies: ["Kernels", "Numerics"], swiftSettings: optimisedInDebug),
  .testTarget(
    name: "TheoryOraclesTests", dependencies: ["TheoryOracles", "Numerics"],
    swiftSettings: optimisedInDebug),
  .testTarget(name: "FixtureTests"),
  .testTarget(
    name: "TensorFilesTests", dependencies: ["TensorFiles", "Numerics"], swiftSettings: optimisedInDebug),
  .testTarget(
    name: "AuditTests",
    dependencies: ["Claims", "GatedCells", "Numerics", "PropertyEngine", "Reporting", "TensorFiles"],
    swiftSettings: optimisedInDebug),
  .testTarget(name: "ArchitectureTests"),
  .testTarget(
    name: "PropertyEngineTests", dependencies: ["PropertyEngine", "EngineBenchmarks"],
    exclude: ["Measurements.md"], swiftSettings: optimisedInDebug),
  .testTarget(name: "PropertyTestingTests", dependencies: ["PropertyTesting", "PropertyEngine"]),
  .testTarget(name: "GatedCellsTests", dependencies: ["GatedCells", "Numerics"]),
  .testTarget(
    name: "KernelRegimeTests", dependencies: ["KernelRegime", "Numerics", "PropertyEngine"],
    swiftSettings: optimisedInDebug),
  .testTarget(
    name: "TrainingTests", dependencies: ["Training", "GatedCells", "Kernels", "Numerics"],
    swiftSettings: optimisedInDebug),
  .testTarget(
    name: "LearnabilityWindowTests",
    dependencies: ["LearnabilityWindow", "StableLaws", "Training", "GatedCells", "Numerics"]),
  .testTarget(
    name: "TheoryTests", dependencies: ["Claims", "PropertyEngine"], swiftSettings: optimisedInDebug),
  .testTarget(
    name: "ReportingTests",
    dependencies: ["Reporting", "Claims", "LearnabilityWindow", "Training", "GatedCells"]),
  .testTarget(name: "learnabilityTests", dependencies: ["learnability", "GatedCells", "Reporting"]),
]

let package = Package(
  name: "learnability",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "GatedCells", targets: ["GatedCells", "Numerics"]),
    .library(name: "LearnabilityWindow", targets: ["LearnabilityWindow", "Training"]),
    .library(name: "StableLaws", targets: ["StableLaws"]),
    .library(name: "TheoryOracles", targets: ["TheoryOracles"]),
    .library(name: "PropertyTesting", targets: ["PropertyTesting", "PropertyEngine"]),
    .library(name: "Claims", targets: ["Claims"]),
    .library(name: "Reporting", targets: ["Reporting"]),
    .executable(name: "learnability", targets: ["learnability"]),
  ],
  targets: floor0 + floor1 + floor2 + floor3 + floor4 + floor5 + floor6 + tests
)
