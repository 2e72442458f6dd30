import Foundation

/// The platform's elementary functions under names that do not clash with scalar-generic ones.
///
/// These are correctly rounded to within an ulp or two but may differ in the last bit between processors;
/// reproducible hot paths use the kernels' own polynomials.
public enum ElementaryFunctions {
  @inlinable public static func exp(_ x: Double) -> Double { Foundation.exp(x) }
  @inlinable public static func log(_ x: Double) -> Double { Foundation.log(x) }
  @inlinable public static func sin(_ x: Double) -> Double { Foundation.sin(x) }
  @inlinable public static func cos(_ x: Double) -> Double { Foundation.cos(x) }
}
