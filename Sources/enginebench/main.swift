import EngineBenchmarks
import Foundation

/// `enginebench [speed] [challenges] [alarms] [power]`: prints the engine's measurements as markdown.
let asked = CommandLine.arguments.dropFirst()
let known = ["speed", "challenges", "alarms", "power"]
for unknown in asked where !known.contains(unknown) {
  let text = "enginebench: unknown table \"\(unknown)\"; known are \(known.joined(separator: ", ")).\n"
  FileHandle.standardError.write(Data(text.utf8))
  exit(2)
}
for name in known where asked.isEmpty || asked.contains(name) {
  switch name {
  case "speed": print(EngineTables.speed())
  case "challenges": print(EngineTables.challenges())
  case "alarms": print(EngineTables.falseAlarms())
  default: print(EngineTables.power())
  }
  print()
}
