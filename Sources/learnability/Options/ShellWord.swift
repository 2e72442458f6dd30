/// Words as a shell reads them, for command lines that are printed to be run again.
enum ShellWord {
  /// The word itself where no shell would change it, single-quoted otherwise.
  static func quoted(_ word: String) -> String {
    let plain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-./,=:@%+".contains($0)) }
    if plain, !word.isEmpty { return word }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
