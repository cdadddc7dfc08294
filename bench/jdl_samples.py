"""What models in JDL become and cost, as the table of docs/comparison.md: `python -m bench.jdl_samples FOLDER`.

FOLDER holds the models, `*.jh` or `*.jdl`. Each is generated with user accounts beside it, without proof; with
`--proof run` a second time, proven, and what was executed is told. Documents, reports and
contracts are not counted as files, nor are lock files and OpenAPI documents as lines.
"""

import argparse
import contextlib
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.suite_process import COMMAND, CPU_SECONDS, ROOT, folders, seconds_of

TIMES = 3
_BESIDE_CODE = {".stackwright", "docs", "contracts"}
_COMPILED = {"package-lock.json", "openapi.json"}
_EVERY_SECONDS = 0.02
_FOLDERS = [ROOT / "examples" / "jdl", *(Path(folder) for folder in [os.environ.get("JDL_SAMPLES")] if folder)]
SAMPLES = [path for folder in _FOLDERS for path in sorted(folder.iterdir()) if path.suffix in {".jdl", ".jh"}]
"""The models of this repository, and whichever others a machine has: `JDL_SAMPLES` names a folder of them."""


@dataclass(frozen=True)
class Row:
    """One model: medians of TIMES generations, and what its proof executed, if it was asked for."""

    name: str
    entities: int
    files: int
    lines: int
    wall: float
    processor: float
    megabytes: float
    proven: str


def seven_features(language: str, sample: Path | None = None) -> dict[str, object]:
    """Give the request for the seven features with a back end in one language, and with the model of a sample."""
    document: dict[str, object] = json.loads((ROOT / "examples" / "seven-features.json").read_text())
    stack = document["technology_stack"]
    assert isinstance(stack, dict)
    stack["technology_recommendations"]["backend"]["language"] = language
    return document | ({"domain": {"jdl": sample.read_text()}} if sample else {})


def request_of(folder: Path, language: str) -> Path:
    """Write a request for user accounts alone, in one language; the model comes by `--jdl`."""
    document = seven_features(language) | {"requirements": {"authentication": True, "user_management": True}}
    request = folder / "request.json"
    request.write_text(json.dumps(document))
    return request


def resident(root: int) -> float:
    """Give the memory of a process and all below it in megabytes; pages that several share count once (PSS)."""
    total, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        # It may end while it is looked at.
        with contextlib.suppress(OSError):
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
            total += sum(int(found) for found in re.findall(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE))
            for task in Path(f"/proc/{process}/task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
    return total / 1024


def peak_of(argv: list[str], environment: dict[str, str]) -> tuple[float, str]:
    """Run a command and give the most memory that was seen, in megabytes, and what it printed."""
    process = subprocess.Popen(argv, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    most = 0.0
    while process.poll() is None:
        most = max(most, resident(process.pid))
        time.sleep(_EVERY_SECONDS)
    printed = process.stdout.read() if process.stdout else ""
    if process.returncode not in {0, 1}:
        raise RuntimeError(f"{' '.join(argv)} exited {process.returncode}: {printed[-2000:]}")
    return most, printed


def size_of(project: Path) -> tuple[int, int]:
    """Count files of code and configuration, and their lines."""
    found = [
        path for path in project.rglob("*") if path.is_file() and path.relative_to(project).parts[0] not in _BESIDE_CODE
    ]
    lines = sum(path.read_bytes().count(b"\n") for path in found if path.name not in _COMPILED)
    return len(found), lines


def proof_of(argv: list[str], environment: dict[str, str]) -> str:
    """Prove an application by running it; say what passed."""
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, cwd=ROOT, check=False)
    answer = json.loads(done.stdout)
    report = json.loads((Path(answer["output_path"]) / ".stackwright" / "quality-report.json").read_text())
    checks, shows = report["checks"], report["shows"]
    passed = sum(show["state"] == "CHECK_STATE_PASSED" for show in shows)
    failed = [check["name"] for check in checks if check["state"] == "CHECK_STATE_FAILED"]
    ran = sum(check["state"] == "CHECK_STATE_PASSED" for check in checks)
    return f"{ran} checks, {passed} of {len(shows)} behaviours" + (f"; failed: {', '.join(failed)}" if failed else "")


def measure(model: Path, language: str, proof: str) -> Row:
    """Generate a model TIMES times, once more for its memory, and once more with proof if that is asked."""
    walls = []
    with tempfile.TemporaryDirectory(prefix="stackwright-jdl-") as beside:
        argv = [*COMMAND, "generate", str(request_of(Path(beside), language)), "--jdl", str(model), "--json", "--proof"]
        for _ in range(TIMES):
            with folders() as environment:
                walls.append(seconds_of([*argv, "none"], environment, statuses=(0, 1)))
        with folders() as environment:
            megabytes, printed = peak_of([*argv, "none"], environment)
            files, lines = size_of(Path(json.loads(printed)["output_path"]))
        proven = "not run"
        if proof != "none":
            with folders() as environment:
                proven = proof_of([*argv, proof], environment)
    return Row(
        model.stem,
        len(re.findall(r"^\s*entity\s", model.read_text(), re.MULTILINE)),
        files,
        lines,
        statistics.median(walls),
        statistics.median(CPU_SECONDS[-TIMES:]),
        megabytes,
        proven,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the models lie")
    parser.add_argument("--language", choices=["TypeScript", "JavaScript"], default="TypeScript")
    parser.add_argument("--proof", choices=["none", "static", "run", "full"], default="none")
    words = parser.parse_args()
    models = sorted(path for path in words.folder.iterdir() if path.suffix in {".jh", ".jdl"})
    if not models:
        parser.error(f"folder: expected a folder with *.jh or *.jdl, found none in {words.folder}")
    print("| model | entities | files | lines | s | CPU s | MB | proven |")
    print("|---|---:|---:|---:|---:|---:|---:|---|")
    for model in models:
        row = measure(model, words.language, words.proof)
        print(
            f"| {row.name} | {row.entities} | {row.files} | {row.lines:,} | {row.wall:.1f} | {row.processor:.1f} "
            f"| {row.megabytes:.0f} | {row.proven} |",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
