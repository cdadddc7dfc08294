"""What must be refused: each a clear error that names the field, nothing written, no service down."""

import json

import pytest

from bench.suite_process import ROOT, Up

EXAMPLE = json.loads((ROOT / "examples" / "seven-features.json").read_text())


def changed(path: str, value: object) -> dict[str, object]:
    body: dict[str, object] = json.loads(json.dumps(EXAMPLE))
    target = body
    *parents, last = path.split(".")
    for part in parents:
        target = target.setdefault(part, {})  # type: ignore[assignment]  # objects all the way down
    target[last] = value
    return body


STACK = "technology_stack.technology_recommendations"
CASES = [
    (f"{STACK}.frontend.framework", "Fortran", "React"),
    (f"{STACK}.backend.framework", "COBOL", "Node.js"),
    (f"{STACK}.database.primary", "dBase", "PostgreSQL"),
    (f"{STACK}.backend.language", "Haskell", "TypeScript"),
    ("project_name", "../../etc", "slash"),
    ("project_name", "a\0b", "control"),
    ("project_name", "x" * 300, "200"),
    ("project_name", "CON", "reserved"),
    ("project_name", "constructor", "reserved"),
    ("project_name", 7, "string"),
    ("requirements", ["authentication"], "dict"),
    ("options.output_path", "/etc/stackwright", "inside"),
    ("options.output_path", "../outside", "inside"),
    ("options.quality_target", 11, "10"),
    ("options.proof", "total", "static"),
    ("options.callback_url", "http://127.0.0.1:1/x", "private"),
    ("domain.jdl", "entity A {\n  name Sting }", "line 2, column 8"),
]


@pytest.mark.parametrize(
    ("field", "value", "says"), CASES, ids=[f"{field}={str(value)[:20]}" for field, value, _ in CASES]
)
def test_a_bad_field_is_named(up: Up, field: str, value: object, says: str) -> None:
    answer = up.client.post("/api/v1/generate", json=changed(field, value))
    assert 400 <= answer.status_code < 500 or answer.status_code == 501, answer.text
    error = answer.json()["error"]
    assert error["message"]
    assert "Traceback" not in answer.text
    details = {item["field"]: item["reason"] for item in error["details"]}
    assert field in details, details
    assert says.lower() in (details[field] + error["message"]).lower(), details
    assert not up.output_root.exists() or list(up.output_root.iterdir()) == []


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{", b"[" * 100_000, b'{"a":"' + b"x" * 10_000_000 + b'"}'])
def test_a_broken_body_is_refused(up: Up, body: bytes) -> None:
    answer = up.client.post("/api/v1/generate", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 413}
    assert answer.json()["error"]["details"][0]["field"] == "body"
    assert up.client.get("/health").json()["status"] == "ok"


def test_unknown_names_are_listed_with_their_nearest_and_refused_only_when_strict(up: Up) -> None:
    body = changed("requirements.real_time_chatt", True)
    body["options"] = {"proof": "none", "strict": True}
    refused = up.client.post("/api/v1/generate", json=body)
    assert refused.status_code == 400
    details = refused.json()["error"]["details"]
    assert [item["field"] for item in details] == ["requirements.real_time_chatt"]
    assert "real_time_chat" in details[0]["reason"]


def test_a_folder_that_is_not_empty_is_left_alone(up: Up) -> None:
    folder = up.output_root / "mine"
    folder.mkdir(parents=True)
    (folder / "precious.txt").write_text("keep me")
    answer = up.client.post("/api/v1/generate", json=changed("options", {"proof": "none", "output_path": str(folder)}))
    assert answer.status_code == 400
    assert answer.json()["error"]["details"][0]["field"] == "options.output_path"
    assert [path.name for path in folder.iterdir()] == ["precious.txt"]
