"""The pipeline's request over REST, against the whole suite."""

import hashlib
import io
import json
import re
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from bench.suite_process import ROOT, Up

EXAMPLE = json.loads((ROOT / "examples" / "enterprise-app.json").read_text())
FAST = {"options": {"proof": "none"}}


def hashes(project: Path) -> dict[str, str]:
    files = (path for path in project.rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_what_is_known_and_not_built_is_told_and_left_to_a_person(up: Up) -> None:
    wanted = {"authentication": True, "two_factor_authentication": True}
    body = up.client.post("/api/v1/generate", json=EXAMPLE | FAST | {"requirements": wanted}).json()
    told = [(item["name"], item["reason"]) for item in body["features_not_implemented"]]
    assert told == [("two_factor_authentication", "not_built")]
    assert "two_factor_authentication" in (Path(body["output_path"]) / "README.md").read_text()


def test_the_example_gives_the_documented_answer(up: Up) -> None:
    answer = up.client.post("/api/v1/generate", json=EXAMPLE | FAST)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["success"] is True
    assert body["project_name"] == "Enterprise App"
    assert set(body["features_implemented"]) >= set(EXAMPLE["requirements"])
    assert body["features_not_implemented"] == []
    project = Path(body["output_path"])
    assert project.parent.parent == up.output_root
    assert body["files_written"] == len(hashes(project))
    assert 0 <= body["quality_score"] <= 10
    login = {"method": "POST", "path": "/api/login"}.items()
    endpoints = body["contracts_established"]["authentication"]["endpoints"]
    assert any(login <= endpoint.items() for endpoint in endpoints)
    assert all({"method", "path", "input", "output"} <= set(endpoint) for endpoint in endpoints)
    assert body["contracts_established"]["authentication"]["models"]["User"]["email"] == "string"
    assert "README.md" in body["documentation_updated"]
    patterns = [
        r"Quality Score: \d+\.\d/10",
        r"Files Generated: \d+",
        r"Refinement Cycles: \d+",
        "Contract-based architecture",
        "Progressive documentation",
        "Cross-stack validation",
    ]
    assert len(body["premium_features"]) == len(patterns)
    for pattern, text in zip(patterns, body["premium_features"], strict=True):
        assert re.fullmatch(pattern, text), text


def test_the_same_request_gives_the_same_bytes(up: Up) -> None:
    trees = []
    for _ in range(2):
        body = up.client.post("/api/v1/generate", json=EXAMPLE | FAST).json()
        tree = hashes(Path(body["output_path"]))
        readme = (Path(body["output_path"]) / "README.md").read_text()
        marked = re.sub(r"<!-- results:begin.*?<!-- results:end -->", "", readme, flags=re.DOTALL)
        assert marked != readme, "the README has no marked block of results"
        tree["README.md"] = marked
        trees.append(
            {
                path: seen
                for path, seen in tree.items()
                if not path.startswith((".stackwright/", "docs/generation-history/"))
            }
        )
    assert trees[0] == trees[1]


def test_a_client_that_prefers_not_to_wait_polls_and_repeats_safely(up: Up) -> None:
    headers = {"Prefer": "respond-async", "Idempotency-Key": "execution-7-0"}
    first = up.client.post("/api/v1/generate", json=EXAMPLE | FAST, headers=headers)
    assert first.status_code == 202
    again = up.client.post("/api/v1/generate", json=EXAMPLE | FAST, headers=headers)
    assert again.json()["run_id"] == first.json()["run_id"]
    events = up.client.get(f"{first.headers['location']}/events").text
    assert re.findall(r"^event: (\w+)", events, re.MULTILINE)[-1] == "run_completed"
    status = up.client.get(first.headers["location"]).json()
    assert (status["done"], status["success"]) == (True, True)
    other = up.client.post("/api/v1/generate", json=EXAMPLE | FAST | {"project_name": "Other"}, headers=headers)
    assert (other.status_code, other.json()["error"]["details"][0]["field"]) == (409, "Idempotency-Key")


def test_a_run_can_be_downloaded_whole_and_in_parts(up: Up) -> None:
    body = up.client.post("/api/v1/generate", json=EXAMPLE | FAST).json()
    run = f"/api/v1/runs/{body['run_id']}"
    archive = zipfile.ZipFile(io.BytesIO(up.client.get(body["artifact_url"]).content))
    written = hashes(Path(body["output_path"]))
    names = {name: name.split("/", 1)[1] for name in archive.namelist() if not name.endswith("/")}
    assert {names[name]: hashlib.sha256(archive.read(name)).hexdigest() for name in names} == written
    assert up.client.get(f"{run}/openapi").status_code == 200
    assert up.client.get(f"{run}/contracts").json() == body["contracts_established"]
    assert up.client.get(f"{run}/report").json()["run_id"] == body["run_id"]
    assert body["run_id"] in [item["run_id"] for item in up.client.get("/api/v1/runs").json()["runs"]]


@contextmanager
def receiver(refusals: int) -> Iterator[tuple[str, list[tuple[str, dict[str, object]]], threading.Event]]:
    """Serve a callback address that is not ready at first, as n8n's Wait node is."""
    calls: list[tuple[str, dict[str, object]]] = []
    arrived = threading.Event()
    left = [refusals]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if left[0]:
                left[0] -= 1
                self.send_response(409)
            else:
                calls.append((self.path, body))
                self.send_response(200)
                arrived.set()
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/webhook-waiting/7?signature=a%2Bb", calls, arrived
    finally:
        server.shutdown()
        thread.join()


def test_a_callback_to_a_private_address_is_refused_by_default(up: Up) -> None:
    with receiver(0) as (address, calls, _):
        options = {"options": {"proof": "none", "callback_url": address}}
        answer = up.client.post("/api/v1/generate", json=EXAMPLE | options)
        assert answer.status_code == 400
        assert answer.json()["error"]["details"][0]["field"] == "options.callback_url"
        assert calls == []
