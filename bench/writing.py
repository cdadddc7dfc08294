"""How long writing 1,000 files takes, against `cp -r` of the same tree."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from bench.figures import Figure
from stackwright.code.v1.file_pb2 import SourceFile
from stackwright_orchestrator.writer import PremiumFileWriter


def measure() -> list[Figure]:
    files = [
        SourceFile(path=f"src/part{n % 40}/file{n}.ts", content=b"export const x = 1;\n" * 150) for n in range(1000)
    ]
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number in range(7):
            started = time.perf_counter()
            PremiumFileWriter(root).write(root / f"written{number}", files)
            written = time.perf_counter() - started
            started = time.perf_counter()
            subprocess.run(["cp", "-r", root / f"written{number}", root / f"copied{number}"], check=True)
            ratios.append(written / (time.perf_counter() - started))
            shutil.rmtree(root / f"copied{number}")
    return [Figure("writing 1,000 files, against cp -r", ratios, "x", 2.0)]
