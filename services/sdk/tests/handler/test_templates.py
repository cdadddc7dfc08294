import json
from dataclasses import dataclass
from pathlib import Path

import jinja2
import pytest

from stackwright.code.v1.file_pb2 import Layer
from stackwright_sdk.handler import Templates, json_file, text_file
from stackwright_sdk.handler.templates import double_quoted, single_quoted

HOSTILE = ["it's", 'say "hi"', "back\\slash", "line\nbreak", "\u2028", "${x}", "Ünïcode", ""]


@dataclass(frozen=True)
class View:
    name: str


@pytest.mark.parametrize("text", HOSTILE)
def test_literals_read_back_as_they_were(text: str) -> None:
    assert json.loads(double_quoted(text)) == text
    assert single_quoted(text).startswith("'")
    inner = single_quoted(text)[1:-1].replace("\\'", "'").replace('"', '\\"')
    assert json.loads(f'"{inner}"') == text


def test_templates_refuse_unknown_names(tmp_path: Path) -> None:
    (tmp_path / "a.ts.j2").write_text("export const name = {{ view.name | single_quoted }};\n")
    (tmp_path / "b.ts.j2").write_text("{{ view.missing }}")
    templates = Templates(tmp_path)
    assert templates.render("a.ts.j2", View("it's")) == "export const name = 'it\\'s';\n"
    with pytest.raises(jinja2.UndefinedError):
        templates.render("b.ts.j2", View("x"))


def test_composed_files_are_stable() -> None:
    file = json_file("backend/package.json", {"b": 1, "a": ["é"]}, layer=Layer.LAYER_BACKEND, handler="h@1")
    assert file.content.decode() == '{\n  "b": 1,\n  "a": [\n    "é"\n  ]\n}\n'
    assert text_file("x", "a\r\nb\n\n", layer=Layer.LAYER_PROJECT, handler="h@1").content == b"a\nb\n"
