"""Rebuilds Fixtures/MANIFEST.json: length and SHA-256 of every file under Fixtures.

Run by hand after any change of a fixture or generator:  python manifest.py
A folder of fixtures may hold VERSIONS.json or PROVENANCE.json (generator script and versions of what it used), which is
copied into the manifest under "sets".
"""

import hashlib
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def is_fixture(path):
    parts = path.relative_to(ROOT).parts
    hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
    return path.is_file() and not hidden and parts != ("MANIFEST.json",)


def main():
    files, sets = [], {}
    for path in sorted(filter(is_fixture, ROOT.rglob("*")), key=lambda p: p.relative_to(ROOT).as_posix()):
        data = path.read_bytes()
        name = path.relative_to(ROOT).as_posix()
        files.append({"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
        if path.name in ("VERSIONS.json", "PROVENANCE.json"):
            sets[path.parent.relative_to(ROOT).as_posix()] = json.loads(data)
    lines = ",\n".join("  " + json.dumps(entry) for entry in files)
    text = '{\n"sets": ' + json.dumps(sets, indent=1, sort_keys=True) + ',\n"files": [\n' + lines + "\n]\n}\n"
    (ROOT / "MANIFEST.json").write_text(text)
    print(f"{len(files)} files in the manifest")


if __name__ == "__main__":
    main()
