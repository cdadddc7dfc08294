"""What README, CONTRIBUTING and docs/ tell a reader to type or to open exists."""

from __future__ import annotations

import argparse
import importlib.util
import re
import shlex
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from stackwright.generation.v1.request_response_pb2 import Run, RunResult, RunState
from stackwright_gateway.body import parse
from stackwright_gateway.requests import parse_request
from stackwright_gateway.responses import finished
from stackwright_gateway.settings import GatewaySettings
from stackwright_kit.bus import STANDARD_USERS
from stackwright_kit.settings import Settings
from stackwright_local import cli
from stackwright_local.settings import LocalSettings
from stackwright_orchestrator.settings import OrchestratorSettings

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "docs/n8n.md", "docs/operations.md")]
OPERATIONS = ROOT / "docs" / "operations.md"
VERBS = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
CODE = re.compile(r"^```(\w*)\n(.*?)^```|^((?:    .*\n)+)", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]+\]\((?!https?://)([^)#]+)(?:#[^)]*)?\)")
IDS = [path.name for path in DOCUMENTS]


def commands(text: str) -> list[str]:
    """What a document shows to be typed: lines of its code blocks, and inline code; without comments."""
    blocks = [block for language, block, _ in CODE.findall(text) if language in {"", "sh", "bash"}]
    blocks += [indented for _, _, indented in CODE.findall(text) if indented]
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    lines += INLINE.findall(re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return [line.split(" #")[0].strip() for line in lines]


def parser_takes(words: list[str]) -> None:
    """Fail with what argparse says when the `stackwright` command does not take some words."""
    parser = cli._parser()
    verbs = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    if len(words) == 1:
        assert words[0] in verbs.choices, f"stackwright has no verb {words[0]}"
        return
    try:
        parser.parse_args(words)
    except SystemExit as ended:
        raise AssertionError(f"stackwright does not take: {' '.join(words)}") from ended


@pytest.mark.parametrize("path", DOCUMENTS, ids=IDS)
def test_verbs_of_make_exist(path: Path) -> None:
    for command in commands(path.read_text()):
        if found := re.match(r"(?:[A-Z]+=\S+ )*make((?: [a-z][a-z-]*)+)", command):
            assert set(found[1].split()) <= VERBS, command


@pytest.mark.parametrize("path", DOCUMENTS, ids=IDS)
def test_the_command_takes_what_is_shown(path: Path) -> None:
    for command in commands(path.read_text()):
        if re.match(r"(?:\.venv/bin/)?stackwright [a-z]", command) and "…" not in command and "|" not in command:
            parser_takes(shlex.split(command)[1:])


@pytest.mark.parametrize("path", DOCUMENTS, ids=IDS)
def test_files_that_are_named_exist(path: Path) -> None:
    text = path.read_text()
    for target in LINK.findall(text):
        assert (path.parent / target).exists(), target
    for named in re.findall(r"(?<![\w/.<-])((?:scripts|examples|docs|tests|bench|catalogue|protos)/[\w./-]*\w)", text):
        assert (ROOT / named).exists(), named


@pytest.mark.parametrize("path", DOCUMENTS, ids=IDS)
def test_modules_that_are_run_exist(path: Path) -> None:
    for module in re.findall(r"python -m ([\w.]*\w)", path.read_text()):
        found = importlib.util.find_spec(module)
        assert found is not None, module
        if found.submodule_search_locations is not None:
            assert importlib.util.find_spec(f"{module}.__main__") is not None, module


def test_the_readme_tells_every_verb_and_exit_status() -> None:
    text = (ROOT / "README.md").read_text()
    parser = cli._parser()
    verbs = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    for verb in verbs.choices:
        assert f"stackwright {verb}" in text, verb
    for status in (cli.EXIT_OK, cli.EXIT_BELOW_TARGET, cli.EXIT_BAD_REQUEST, cli.EXIT_FAILED):
        assert re.search(rf"^\| {status} \|", text, re.MULTILINE), status


def test_the_request_of_the_readme_is_accepted() -> None:
    shown = re.search(r"--data '(\{.*?\})'", (ROOT / "README.md").read_text(), re.DOTALL)
    assert shown is not None
    assert parse_request(parse(shown[1].encode())).unused == []


def test_members_of_the_answer_are_those_of_the_gateway() -> None:
    section = (ROOT / "README.md").read_text().split("| member of the answer |")[1].split("\n\n")[0]
    told = {name for first in re.findall(r"^\| ([^|]*) \|", section, re.MULTILINE) for name in INLINE.findall(first)}
    run = Run(state=RunState.RUN_STATE_SUCCEEDED, result=RunResult(success=True))
    assert told == set(finished(run, []))


@pytest.mark.parametrize("kind", [Settings, OrchestratorSettings, GatewaySettings, LocalSettings])
def test_operations_lists_every_setting_with_its_default(kind: type[BaseSettings]) -> None:
    rows = dict(re.findall(r"^\| `(STACKWRIGHT_\w+)` \| ([^|]*) \|", OPERATIONS.read_text(), re.MULTILINE))
    prefix = kind.model_config.get("env_prefix", "")
    inherited = set(Settings.model_fields) if kind is not Settings else set()
    for name, field in kind.model_fields.items():
        if name in inherited or name.startswith("test_"):
            continue
        variable = f"{prefix}{name}".upper()
        assert variable in rows, f"docs/operations.md does not tell {variable}"
        default = str(field.default)
        if isinstance(field.default, str | int | float | bool) and default:
            assert rows[variable].strip() == f"`{default}`", variable


def test_operations_lists_every_nats_user() -> None:
    text = OPERATIONS.read_text()
    for user, role in STANDARD_USERS.items():
        assert re.search(rf"^\| `{user}` \| {role} \|", text, re.MULTILINE), user
