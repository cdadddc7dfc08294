import json
from pathlib import Path

import pytest

from stackwright.code.v1.measurement_pb2 import ProofLevel
from stackwright_gateway.answers import ApiError
from stackwright_gateway.body import MAX_DEPTH, Json, parse
from stackwright_gateway.requests import document_path, parse_request

EXAMPLE: dict[str, Json] = {
    "project_name": "Enterprise App",
    "requirements": {
        "authentication": True,
        "audit_logging": {"description": "all writes"},
        "chat": False,
        "cms": "false",
    },
    "technology_stack": {
        "technology_recommendations": {
            "frontend": {"framework": "React", "libraries": ["Redux", "Material-UI"]},
            "backend": {"framework": "Node.js", "language": "JavaScript", "libraries": ["Express", "JWT"]},
            "database": {"primary": "PostgreSQL", "secondary": ["Redis"]},
        }
    },
}


def changed(**members: Json) -> Json:
    return {**json.loads(json.dumps(EXAMPLE)), **members}


def fields(body: Json) -> list[str]:
    with pytest.raises(ApiError) as caught:
        parse_request(body)
    assert caught.value.status == 400
    return sorted(detail.field for detail in caught.value.details)


def test_the_pipelines_request_becomes_a_spec() -> None:
    parsed = parse_request(EXAMPLE)
    spec = parsed.spec
    assert parsed.unused == []
    assert [(item.name, item.enabled, item.description) for item in spec.requirements] == [
        ("authentication", True, ""),
        ("audit_logging", True, "all writes"),
        ("chat", False, ""),
        ("cms", False, "false"),
    ]
    assert (spec.stack.backend.name, spec.stack.backend.language) == ("Node.js", "JavaScript")
    assert list(spec.stack.database.secondary) == ["Redis"]
    assert spec.options.proof == ProofLevel.PROOF_LEVEL_FULL
    assert spec.options.quality_target == 8.0


def test_entities_keep_the_order_of_the_request() -> None:
    entities: dict[str, Json] = {"Zebra": {"fields": {"z": "int", "é": "int"}}, "Ant": {"fields": {"a": "int"}}}
    spec = parse_request({**EXAMPLE, "domain": {"entities": entities}}).spec
    assert spec.domain.entities_json == json.dumps(entities, ensure_ascii=False)
    assert parse_request(EXAMPLE).spec.domain.entities_json == ""


def test_what_nothing_uses_is_named_not_refused() -> None:
    body = changed(selector_version=3)
    assert isinstance(body, dict)
    body["technology_stack"]["technology_recommendations"]["frontend"]["score"] = 0.9  # type: ignore[call-overload,index]
    assert parse_request(body).unused == [
        "selector_version",
        "technology_stack.technology_recommendations.frontend.score",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ([], ["body"]),
        ({}, ["project_name", "requirements", "technology_stack"]),
        (changed(project_name=3, requirements=[]), ["project_name", "requirements"]),
        (changed(project_name="x" * 300), ["project_name"]),
        (changed(requirements={"a": 3, "b": None, "c": True}), ["requirements.a", "requirements.b"]),
        (changed(technology_stack={"technology_recommendations": {"frontend": "React"}}), [
            "technology_stack.technology_recommendations.backend",
            "technology_stack.technology_recommendations.database",
            "technology_stack.technology_recommendations.frontend",
        ]),
        (changed(options={"proof": "total", "quality_target": 11, "strict": "yes", "colour": 1}), [
            "options.colour",
            "options.proof",
            "options.quality_target",
            "options.strict",
        ]),
        (changed(options={"callback_url": "ftp://x"}), ["options.callback_url"]),
    ],
)  # fmt: skip
def test_every_bad_field_is_named_at_once(body: Json, expected: list[str]) -> None:
    assert fields(body) == expected


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\xff{}", "not UTF-8"),
        (b"{,}", "not JSON"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": ' + b"1" * 50 + b"}", "20 digits"),
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "nested deeper"),
        (b"[" * 1_000_000, "nested deeper"),
    ],
)
def test_broken_bodies_are_told_apart(raw: bytes, says: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse(raw)
    assert caught.value.status == 400
    assert says in caught.value.message
    assert caught.value.details[0].field == "body"


def test_brackets_in_strings_are_no_nesting() -> None:
    text = "[" * 100 + '\\"' + "{" * 100
    assert parse(b'{"a": "' + text.encode() + b'"}') == {"a": text.replace('\\"', '"')}


def test_proto_fields_are_told_in_the_clients_words() -> None:
    assert document_path("spec.stack.frontend.name") == "technology_stack.technology_recommendations.frontend.framework"
    assert document_path("spec.options.output_path") == "options.output_path"
    assert document_path("spec.project_name") == "project_name"
    assert document_path("request_id") == "Idempotency-Key"


def test_the_shared_example_is_well_formed() -> None:
    example = Path(__file__).parents[3] / "examples" / "enterprise-app.json"
    assert parse_request(parse(example.read_bytes())).spec.project_name == "Enterprise App"
