"""What lies in examples/ is accepted as it is, and n8n's workflows are whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from stackwright_gateway.body import Json, parse
from stackwright_gateway.openapi import document
from stackwright_gateway.requests import parse_request

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
REQUESTS = sorted(EXAMPLES.glob("*.json"))
WORKFLOWS = sorted((EXAMPLES / "n8n").glob("*.json"))
# Names of nodes in expressions: $('Generate').
NODE_NAMED = re.compile(r"\$\('([^']+)'\)")
ADDRESS = "={{ $('Stackwright').first().json.url }}"


def workflow(path: Path) -> dict[str, Json]:
    value = parse(path.read_bytes())
    assert isinstance(value, dict)
    return value


def nodes(path: Path) -> dict[str, dict[str, Json]]:
    listed = workflow(path)["nodes"]
    assert isinstance(listed, list)
    named = {str(node["name"]): node for node in listed if isinstance(node, dict)}
    assert len(named) == len(listed), "two nodes have one name"
    return named


def targets(path: Path) -> dict[str, list[str]]:
    """Nodes → the nodes that follow them."""
    connections = json.loads(path.read_text())["connections"]
    return {
        name: [one["node"] for output in outgoing["main"] for one in output] for name, outgoing in connections.items()
    }


def request_of(path: Path) -> Json:
    """The body that a workflow sends: what its node `Requirements` sets, and what the sending node adds."""
    found = nodes(path)
    parameters = found["Requirements"]["parameters"]
    assert isinstance(parameters, dict)
    body = parse(str(parameters["jsonOutput"]).encode())
    assert isinstance(body, dict)
    if "callback_url" in json.dumps(found["Generate"]):
        body["options"] = {"callback_url": "https://n8n.example.com/webhook-waiting/7?signature=a%2Bb"}
    return body


def test_there_are_requests_and_workflows() -> None:
    assert {path.stem for path in REQUESTS} >= {"enterprise-app", "enterprise-app-typescript", "seven-features"}
    assert {path.stem for path in WORKFLOWS} >= {"generate-and-poll", "generate-with-callback"}


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.stem)
def test_a_request_is_accepted_and_wholly_used(path: Path) -> None:
    parsed = parse_request(parse(path.read_bytes()))
    assert parsed.unused == []
    assert parsed.spec.project_name
    assert len(parsed.spec.requirements) >= 7


def test_the_twelve_features_are_asked_for_in_both_languages() -> None:
    asked = {
        path.stem: parse_request(parse(path.read_bytes())).spec
        for path in REQUESTS
        if path.stem.startswith("enterprise")
    }
    languages = {name: spec.stack.backend.language for name, spec in asked.items()}
    assert languages == {"enterprise-app": "JavaScript", "enterprise-app-typescript": "TypeScript"}
    features = {tuple(wanted.name for wanted in spec.requirements) for spec in asked.values()}
    assert [len(names) for names in features] == [12]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
class TestWorkflows:
    def test_what_it_sends_is_accepted_and_wholly_used(self, path: Path) -> None:
        parsed = parse_request(request_of(path))
        assert parsed.unused == []
        assert parsed.spec.options.callback_url.startswith("https://") == ("callback" in path.stem)

    def test_nodes_have_what_an_import_needs(self, path: Path) -> None:
        assert workflow(path)["name"]
        for name, node in nodes(path).items():
            assert {"id", "type", "typeVersion", "position", "parameters"} <= set(node), name
            assert str(node["type"]).startswith("n8n-nodes-base."), name
        assert len({node["id"] for node in nodes(path).values()}) == len(nodes(path))

    def test_every_node_is_reached_from_the_start(self, path: Path) -> None:
        found, follows = nodes(path), targets(path)
        triggers = [name for name, node in found.items() if str(node["type"]).endswith("Trigger")]
        assert len(triggers) == 1
        reached, ahead = set(triggers), list(triggers)
        while ahead:
            for name in follows.get(ahead.pop(), []):
                if name not in reached:
                    reached.add(name)
                    ahead.append(name)
        assert reached == set(found), "not reached, or not there"

    def test_both_answers_of_a_condition_lead_on(self, path: Path) -> None:
        connections = json.loads(path.read_text())["connections"]
        for name, node in nodes(path).items():
            if node["type"] == "n8n-nodes-base.if":
                assert [bool(output) for output in connections[name]["main"]] == [True, True], name

    def test_expressions_name_nodes_that_are_there(self, path: Path) -> None:
        named = set(NODE_NAMED.findall(json.dumps(workflow(path))))
        assert named <= set(nodes(path))

    def test_addresses_are_the_gateways(self, path: Path) -> None:
        described = document()["paths"]
        assert isinstance(described, dict)
        for name, node in nodes(path).items():
            parameters = node["parameters"]
            assert isinstance(parameters, dict)
            if node["type"] != "n8n-nodes-base.httpRequest":
                continue
            url = str(parameters["url"])
            assert url.startswith(ADDRESS), name
            rest = url.removeprefix(ADDRESS)
            # Fixed, and one of the document's; or a member of an answer.
            assert rest in described or re.fullmatch(r"\{\{ .*\.(status_url|artifact_url) \}\}", rest), name

    def test_a_repeated_execution_is_the_same_run(self, path: Path) -> None:
        parameters = nodes(path)["Generate"]["parameters"]
        sent = json.loads(json.dumps(parameters))["headerParameters"]["parameters"]
        headers = {header["name"]: header["value"] for header in sent}
        assert "$execution.id" in headers["Idempotency-Key"]
        assert headers["Prefer"] == "respond-async"
