"""Schemathesis on applications made from JDL: each does what its own OpenAPI document says, and nothing else."""

import asyncio
import json
import logging
import os
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from served_application import Served, served  # type: ignore[import-not-found]  # on sys.path

from bench.jdl_samples import SAMPLES, seven_features
from bench.suite_process import COMMAND

PROGRAM = str(Path(sys.executable).parent / "schemathesis")
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "ignored_auth",
)
LOG = logging.getLogger(__name__)
EXAMPLES, SEED = 10, 1


@dataclass(frozen=True)
class Tried:
    """What Schemathesis did and found."""

    operations: int
    requests: int
    failures: list[str]
    unreached: list[str]
    """Operations that took the caller for nobody every time."""
    said: str


def generate(sample: Path, folder: Path) -> Path:
    """Give the folder of the application that is made of the seven features and a model, in TypeScript."""
    request = folder / "request.json"
    request.write_text(json.dumps(seven_features("TypeScript", sample)))
    environment = os.environ | {
        "STACKWRIGHT_HOME": str(folder / "home"),
        "STACKWRIGHT_OUTPUT_ROOT": str(folder / "output"),
    }
    argv = [*COMMAND, "generate", str(request), "--proof", "none", "--json"]
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr[-3000:]
    return Path(json.loads(done.stdout)["output_path"])


def sign_in(application: Served, role: str) -> str:
    """Give an access token of the account with the role."""
    account = next(account for account in application.accounts if account.role == role)
    body = json.dumps({"email": account.email, "password": account.password}).encode()
    request = urllib.request.Request(f"{application.address}/api/login", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        token: str = json.load(answer)["tokens"]["access_token"]
    return token


def run_schemathesis(address: str, token: str, folder: Path) -> Tried:
    """Try every operation as somebody; who signs out would be nobody for the rest, so that one is left out."""
    report = folder / "report.json"
    argv = [PROGRAM, "run", f"{address}/api/openapi", "--url", address, "--header", f"Authorization: Bearer {token}"]
    argv += ["--checks", ",".join(CHECKS), "--max-examples", str(EXAMPLES), "--seed", str(SEED)]
    argv += ["--exclude-operation-id", "logout", "--continue-on-failure", "--generation-database", "none"]
    argv += ["--report", "json", "--report-json-path", str(report), "--no-color"]
    done = subprocess.run(argv, cwd=folder, capture_output=True, text=True, check=False)
    assert report.exists(), done.stderr[-3000:]
    told = json.loads(report.read_text())
    failures = [f"{failure['title']}: {', '.join(failure['operations'])}" for failure in told["failures"]]
    failures += [str(error) for error in told["errors"]]
    return Tried(
        told["operations"]["tested"],
        told["test_cases"]["generated"],
        failures,
        told["warnings"]["missing_auth"],
        done.stdout,
    )


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
async def test_the_application_does_what_its_document_says(sample: Path, tmp_path: Path) -> None:
    project = generate(sample, tmp_path)
    async with served(project) as application:
        token = await asyncio.to_thread(sign_in, application, "admin")
        tried = await asyncio.to_thread(run_schemathesis, application.address, token, tmp_path)
        assert not application.ended.done(), application.ended.result()
    LOG.info("%s: %d operations, %d requests", sample.stem, tried.operations, tried.requests)
    assert tried.failures == [], tried.said[-6000:]
    # Whatever stands in its body, no token that could be refreshed does.
    assert tried.unreached == ["POST /api/refresh"]
    assert tried.operations >= 40
    assert tried.requests >= 50 * tried.operations
