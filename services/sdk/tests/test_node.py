"""Erasure, formatting and the worker behind them."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from stackwright_sdk.node import (
    FormatOptions,
    NodeCallError,
    NodeWorker,
    NodeWorkerError,
    SourceError,
    SourceTools,
    ToolchainError,
    node_binary,
    npm_command,
    package,
    tool,
)


@pytest.fixture
async def tools() -> AsyncIterator[SourceTools]:
    async with SourceTools() as opened:
        yield opened


ERASURES = {
    "interface with its documentation": (
        "/** Doc. */\nexport interface A {\n  a: string;\n}\nlet a = 1;\n",
        "let a = 1;\n",
    ),
    "a separate comment stays": (
        "// Note.\n\n// Doc.\ntype A = string; // why\nlet a = 1;\n",
        "// Note.\n\nlet a = 1;\n",
    ),
    "the comment that opens a file stays": (
        "// The file.\nimport type { A } from './a.ts';\nlet a = 1;\n",
        "// The file.\nlet a = 1;\n",
    ),
    "a comment that ends the line before stays": (
        "let a = 1; // one\ntype A = string;\n",
        "let a = 1; // one\n",
    ),
    "declared fields": (
        "class A {\n  /** Doc. */\n  declare id: string;\n  b = 1;\n}\n",
        "class A {\n  b = 1;\n}\n",
    ),
    "overloads": ("/** One. */\nfunction f(a: A): void;\nfunction f(a) {}\n", "function f(a) {}\n"),
    "relative imports": (
        "import a from '../a.ts';\nexport * from './b.tsx';\nawait import('./c.ts');\n",
        'import a from "../a.js";\nexport * from "./b.jsx";\nawait import("./c.js");\n',
    ),
    "packages keep their names": ("import a from 'socket.ts';\n", 'import a from "socket.ts";\n'),
    "mixed imports": ("import { a, type B } from './a.ts';\n", 'import { a } from "./a.js";\n'),
    "imports of types alone": ("import { type A, type B } from './a.ts';\nlet a: A;\n", "let a;\n"),
    "imports for their effect": (
        "import './a.ts';\nimport {} from './b.ts';\n",
        'import "./a.js";\nimport {} from "./b.js";\n',
    ),
    "compiler directives": ("// @ts-expect-error why\nlet a = 1;\n", "let a = 1;\n"),
    "assertions": ("let a = (b as B)!.c satisfies D;\n", "let a = b.c;\n"),
}


@pytest.mark.parametrize(("source", "expected"), ERASURES.values(), ids=ERASURES.keys())
async def test_types_go_without_a_trace(tools: SourceTools, source: str, expected: str) -> None:
    assert await tools.to_javascript({"src/x.ts": source}) == {"src/x.js": expected}


async def test_what_has_a_meaning_at_run_time_is_refused_by_place(tools: SourceTools) -> None:
    with pytest.raises(SourceError) as caught:
        await tools.erase({"a.ts": "let a = 1;\nenum B { c }\n", "b.ts": "let = ;\n"})
    assert {(problem.path, problem.line) for problem in caught.value.problems} >= {("a.ts", 2), ("b.ts", 1)}


async def test_formatting_by_path_and_options(tools: SourceTools) -> None:
    files = {"b.css": "a{b:c}", "a.json": '{"a":1}', "c.tsx": "const a = <A b='c'/>"}
    formatted = await tools.format(files, FormatOptions(singleQuote=True))
    assert formatted == {"b.css": "a {\n  b: c;\n}\n", "a.json": '{ "a": 1 }\n', "c.tsx": 'const a = <A b="c" />;\n'}
    assert list(formatted) == list(files)
    with pytest.raises(SourceError, match=r"d\.js:2"):
        await tools.format({"d.js": "let a;\nlet = ;"})


async def test_files_of_nothing_but_types_are_left_out_unless_another_names_them(tools: SourceTools) -> None:
    files = {
        "src/types.ts": "/** What it is. */\nexport interface A {\n  b: B;\n}\nexport type B = 1;\n",
        "src/more.ts": "import { type A, type B } from './types.ts';\nexport { type A } from './types.ts';\n",
        "src/kept.ts": "export type C = 1;\n",
        "src/a/user.ts": "import type { A } from '../types.ts';\nexport * from '../kept.ts';\nexport let a: A;\n",
    }
    erased = await tools.to_javascript(files)
    assert list(erased) == ["src/kept.js", "src/a/user.js"]
    assert erased["src/a/user.js"] == 'export * from "../kept.js";\nexport let a;\n'


async def test_declaration_files_are_left_out_and_others_kept(tools: SourceTools) -> None:
    files = {"a.d.ts": "declare const a: 1;\n", "b.json": "{}"}
    assert await tools.erase(files) == {"b.json": "{}"}


@dataclass(frozen=True)
class Number:
    value: int


@pytest.fixture
async def worker(tmp_path: Path) -> AsyncIterator[NodeWorker]:
    module = tmp_path / "module.mjs"
    module.write_text(
        """
        import { escape } from 'pg';
        export const twice = async ({ value }) => { console.log('noise'); return { value: value * 2 }; };
        export const later = ({ value }) => new Promise((done) => setTimeout(() => done({ value }), value));
        export const wrong = () => { throw new Error('no such thing'); };
        export const die = () => { console.error('out of luck'); process.exit(3); };
        export const bad = () => ({ value: 'x' });
        """.replace("import { escape } from 'pg';", "import 'pg';")
    )
    opened = NodeWorker(module)
    yield opened
    await opened.close()


async def test_calls_are_answered_whatever_the_order(worker: NodeWorker) -> None:
    answers = await asyncio.gather(*(worker.call("later", Number(delay), Number) for delay in (60, 5, 30)))
    assert answers == [Number(60), Number(5), Number(30)]
    assert await worker.call("twice", Number(4), Number) == Number(8)


async def test_a_worker_that_dies_is_started_again(worker: NodeWorker) -> None:
    with pytest.raises(NodeCallError, match="no such thing"):
        await worker.call("wrong", Number(1), Number)
    with pytest.raises(NodeCallError, match="no method toString"):
        await worker.call("toString", Number(1), Number)
    with pytest.raises(NodeWorkerError, match="out of luck"):
        await worker.call("die", Number(1), Number)
    with pytest.raises(NodeWorkerError, match="did not answer"):
        await worker.call("later", Number(5000), Number, timeout=0.1)
    with pytest.raises(ValueError, match="value"):
        await worker.call("bad", Number(1), Number)
    assert await worker.call("twice", Number(2), Number) == Number(4)


def test_programs_run_by_their_real_path() -> None:
    assert subprocess.run([node_binary(), "--version"], capture_output=True, text=True, check=True).stdout.startswith(
        "v24"
    )
    assert subprocess.run([*npm_command(), "--version"], capture_output=True, check=True).stdout
    vitest = subprocess.run([*tool("vitest"), "--version"], capture_output=True, text=True, check=True).stdout
    assert json.loads((package("vitest") / "package.json").read_text())["version"] in vitest
    with pytest.raises(ToolchainError, match="nonesuch"):
        tool("nonesuch")


async def test_the_same_files_are_turned_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STACKWRIGHT_CACHE", str(tmp_path))
    files = {"a.ts": "let a:   number = 1;\n", "b.d.ts": "declare const b: number;\n"}
    async with SourceTools() as tools:
        first = await tools.to_javascript(files)
    assert first == {"a.js": "let a = 1;\n"}

    async with SourceTools() as tools:

        async def refused(*_: object, **__: object) -> None:
            raise AssertionError("Node was asked again")

        monkeypatch.setattr(tools, "_worker", type("Worker", (), {"call": staticmethod(refused), "close": refused})())
        assert await tools.to_javascript(files) == first
        for other in ({"a.ts": "let a = 2;\n"}, {"c.ts": files["a.ts"]}):
            with pytest.raises(AssertionError):
                await tools.to_javascript(other)
        with pytest.raises(AssertionError):
            await tools.to_javascript(files, FormatOptions(singleQuote=True))
        with pytest.raises(AssertionError):
            await tools.format(files)
        for kept in (tmp_path / "sources").iterdir():
            kept.write_text("{")
        with pytest.raises(AssertionError):
            await tools.to_javascript(files)
        monkeypatch.undo()
