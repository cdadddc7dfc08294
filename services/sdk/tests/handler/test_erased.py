from pathlib import Path

import pytest

from stackwright_sdk.handler import Blueprint, Selection
from stackwright_sdk.handler.erased import javascript_twin
from stackwright_sdk.node import SourceTools

SOURCE = """import type { Row } from './row.ts';
import { first } from './list.ts';

/** A row or nothing. */
export type Maybe = Row | undefined;

/** Gives the first row. */
export function head(rows: Row[]): Maybe {
  return first<Row>(rows);
}
"""


async def test_types_go_and_rules_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    source = tmp_path / "blueprint"
    (source / "src").mkdir(parents=True)
    (source / "src/head.ts").write_text(SOURCE)
    (source / "src/env.d.ts").write_text("declare const x: number;\n")
    (source / "index.html").write_text("<!doctype html>\n")
    (source / "blueprint.yaml").write_text(
        'verbatim: [{path: "src/*.ts", feature: tables}, {path: src/env.d.ts}, {path: index.html}]'
    )
    blueprint = Blueprint.load(source)
    async with SourceTools() as tools:
        twin = await javascript_twin(blueprint, tools)
    text = twin.files["src/head.js"].content.decode()
    assert "from './list.js'" in text or 'from "./list.js"' in text
    assert "Maybe" not in text
    assert "A row or nothing" not in text
    assert "Gives the first row" in text
    assert [file.path for file in twin.select(Selection())] == ["index.html"]
    assert [file.path for file in twin.select(Selection(features=frozenset({"tables"})))] == [
        "index.html",
        "src/head.js",
    ]

    class NoTools(SourceTools):
        async def to_javascript(self, *_: object, **__: object) -> dict[str, str]:
            raise AssertionError("the twin was kept, and must not be made again")

    again = await javascript_twin(Blueprint.load(source), NoTools())
    assert again.digest == twin.digest
