/// The version of the program and of the formats it writes.
enum Version {
  static let current = "0.1.0"
}
