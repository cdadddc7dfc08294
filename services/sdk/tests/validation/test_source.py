"""Reading of scripts: routes with their guards, calls, pages, sizes."""

from collections.abc import AsyncIterator

import pytest

from stackwright_sdk.validation import Project, ToolError
from stackwright_sdk.validation.source import Analysis, SourceAnalyser

OPERATION = """
import { forbidden, unauthenticated } from './errors.ts';
export function refuse(caller) { if (caller.signedIn) throw forbidden(); throw unauthenticated(); }
export function operation(common, answer) {
  const run = async (request, response) => {
    const caller = response.locals.caller;
    if (common.by && !common.by(caller)) refuse(caller);
    await answer({ caller, request });
  };
  return [run];
}
export function row(common) {
  return operation(common, async (invocation) => judged(common, invocation));
}
async function judged(common, { caller }) {
  const { source } = common;
  const rule = source.can[common.rule];
  const [row] = await query(`SELECT (${rule.by}) AS "may act"`);
  if (!row['may act']) refuse(caller);
  await common.run(row);
}
"""

BACKEND = {
    "backend/src/main.ts": "import { app } from './app.ts'; app.listen(3000);",
    "backend/src/app.ts": """
        import express from 'express';
        import { features } from './features/index.ts';
        import { admin } from './admin.ts';
        import { requireAuth } from './guard.ts';
        export const app = express();
        app.use('/admin', requireAuth, admin);
        for (const router of features.flatMap((feature) => feature.routers)) app.use('/api', router);
    """,
    "backend/src/guard.ts": """
        export function requireAuth(req, res, next) {
          if (!req.headers.authorization) return res.status(401).end();
          next();
        }
    """,
    "backend/src/admin.ts": """
        import { Router } from 'express';
        export const admin = Router();
        admin.route('/things/:id').get((req, res) => res.json({})).delete((req, res) => res.status(204).end());
    """,
    "backend/src/shared/operation.ts": OPERATION,
    "backend/src/features/index.ts": "import notes from './notes.ts'; export const features = [notes];",
    "backend/src/features/notes.ts": """
        import { Router } from 'express';
        import { operation, row } from '../shared/operation.ts';
        const BASE = '/notes';
        const notes = { can: { update: { by: `t.owner = :actor OR :can_notes_manage` } } };
        const listNotes = operation({ name: 'Note.list', by: (caller) => caller.can('notes.read') }, async () => []);
        const updateNote = row({ name: 'Note.update', source: notes, rule: 'update', run: (row) => row });
        const forgotten = operation({ name: 'Note.export' }, async () => { if (!input.ok) throw unauthenticated(); });
        const welcome = operation({ name: 'Note.welcome', by: () => true }, async () => ({}));
        export const router = Router();
        router.get(BASE, listNotes);
        router.patch(`${BASE}/:id`, updateNote);
        router.get(`${BASE}/export`, forgotten);
        router.get(`${BASE}/welcome`, welcome);
        export default { routers: [router], permissions: { 'notes.read': {}, 'notes.manage': {} } };
    """,
    "backend/src/features/orphan.ts": """
        import { Router } from 'express';
        export const orphan = Router();
        orphan.get('/never', (req, res) => res.end());
    """,
}

FRONTEND = {
    "frontend/src/client.ts": "import axios from 'axios'; export const client = axios.create({ baseURL: '/api' });",
    "frontend/src/api.ts": """
        import { api } from './base.ts';
        export const notesApi = api.injectEndpoints({ endpoints: (build) => ({
          notes: build.query({ query: (params) => ({ url: '/notes', params }) }),
          note: build.query({ query: (id) => `/notes/${id}` }),
          update: build.mutation({ query: ({ id, body }) => ({ url: `/notes/${id}`, method: 'PATCH', body }) }),
          choices: build.query({ query: ({ collection }) => ({ url: `/${collection}/choices` }) }),
        }) });
    """,
    "frontend/src/session.ts": """
        import { client } from './client.ts';
        export const leave = () => client.post('/logout', {});
        export const old = () => fetch('/api/health', { method: 'HEAD' });
    """,
    "frontend/src/pages.tsx": """
        export const routes = [
          { path: '/notes', load: () => import('./NoteList.tsx') },
          { path: '/notes/:id', children: [{ path: 'edit', Component: Edit }] },
        ];
        export const Picker = () => <Choice collection="users" />;
    """,
}


@pytest.fixture
async def analyser() -> AsyncIterator[SourceAnalyser]:
    made = SourceAnalyser()
    yield made
    await made.close()


async def analyse(analyser: SourceAnalyser, texts: dict[str, str], half: str) -> Analysis:
    return await analyser.analyse(Project.of_texts(texts), half)


async def test_routes_come_with_prefix_guard_and_permissions(analyser: SourceAnalyser) -> None:
    analysis = await analyse(analyser, BACKEND, "backend")
    routes = {(r.method, r.path): (r.guarded, r.open, tuple(r.permissions)) for r in analysis.routes}
    assert routes == {
        ("GET", "/admin/things/{id}"): (True, False, ()),
        ("DELETE", "/admin/things/{id}"): (True, False, ()),
        ("GET", "/api/notes"): (True, False, ("notes.read",)),
        ("PATCH", "/api/notes/{id}"): (True, False, ("notes.manage",)),
        ("GET", "/api/notes/export"): (False, False, ()),
        ("GET", "/api/notes/welcome"): (False, True, ()),
    }


@pytest.mark.parametrize(
    ("path", "old", "new", "gone"),
    [
        (
            "backend/src/features/index.ts",
            "import notes from './notes.ts';",
            "const notes = {};",
            ("GET", "/api/notes"),
        ),
        ("backend/src/features/notes.ts", "router.get(BASE, listNotes);", "", ("GET", "/api/notes")),
        ("backend/src/features/notes.ts", "'/notes'", "'/note'", ("GET", "/api/notes")),
    ],
)
async def test_what_the_code_does_not_register_is_no_fact(
    analyser: SourceAnalyser, path: str, old: str, new: str, gone: tuple[str, str]
) -> None:
    assert old in BACKEND[path]
    changed = BACKEND | {path: BACKEND[path].replace(old, new)}
    routes = {(r.method, r.path) for r in (await analyse(analyser, changed, "backend")).routes}
    assert gone not in routes


async def test_a_guard_that_is_taken_away_is_seen(analyser: SourceAnalyser) -> None:
    notes = BACKEND["backend/src/features/notes.ts"].replace("by: (caller) => caller.can('notes.read')", "")
    app = BACKEND["backend/src/app.ts"].replace("requireAuth, admin", "admin")
    changed = BACKEND | {"backend/src/features/notes.ts": notes, "backend/src/app.ts": app}
    guarded = {(r.method, r.path) for r in (await analyse(analyser, changed, "backend")).routes if r.guarded}
    assert guarded == {("PATCH", "/api/notes/{id}")}


async def test_calls_and_pages_of_a_front_end(analyser: SourceAnalyser) -> None:
    analysis = await analyse(analyser, FRONTEND, "frontend")
    assert {(c.method, c.path) for c in analysis.calls} == {
        ("GET", "/api/notes"),
        ("GET", "/api/notes/{id}"),
        ("PATCH", "/api/notes/{id}"),
        ("GET", "/api/users/choices"),
        ("POST", "/api/logout"),
        ("HEAD", "/api/health"),
    }
    assert [p.path for p in analysis.pages] == ["/notes", "/notes/:id/edit"]


async def test_a_file_that_does_not_parse_is_told_with_its_place(analyser: SourceAnalyser) -> None:
    analysis = await analyse(
        analyser, {"x/a.ts": "const a = 1;\nconst b = ;\n", "x/b.jsx": "const c = <p>ok</p>;"}, "x"
    )
    [wrong, right] = analysis.modules
    assert (wrong.path, wrong.errors[0].line) == ("x/a.ts", 2)
    assert not right.errors


async def test_sizes_leave_out_comments_and_see_copies(analyser: SourceAnalyser) -> None:
    body = "\n".join(f"  total += values[{n}] * weight({n}, 'kind {n}') + offset;" for n in range(12))
    block = f"export function sum(values, offset) {{\n  let total = 0;\n{body}\n  return total;\n}}\n"
    branchy = "// why\n\nexport const pick = (a, b) => (a && b ? 1 : a || b ? 2 : 3);\n"
    texts = {"x/a.ts": block, "x/b.ts": block, "x/c.ts": branchy}
    analysis = await analyse(analyser, texts, "x")
    [first, _, third] = analysis.modules
    assert (first.code_lines, third.code_lines) == (16, 1)
    assert [(f.name, f.value) for f in third.functions] == [("pick", 5)]
    assert analysis.copied_lines == 32
    assert [(b.path, b.otherPath, b.lines) for b in analysis.copied_blocks] == [("x/a.ts", "x/b.ts", 16)]


def table(name: str, entry: str) -> str:
    """A module with a list of twelve entries that are the same in every module."""
    entries = "\n".join(f"  {{ key: 'k{n}', label: 'Label {n}', render: {entry} }}," for n in range(12))
    return f"export const {name} = [\n{entries}\n];\n"


@pytest.mark.parametrize(
    ("entry", "copied"),
    [
        ("(row) => <Text value={row.name ?? 'none'} />", False),
        ("(row) => (row.name ? <Text value={row.name} /> : <Nothing />)", True),
        ("(row) => row.open && <Open />", True),
        ("(row) => { log(row); return row.name; }", True),
    ],
)
async def test_a_table_is_no_copy_of_one_with_equal_entries_unless_it_decides(
    analyser: SourceAnalyser, entry: str, copied: bool
) -> None:
    analysis = await analyse(analyser, {"x/a.tsx": table("a", entry), "x/b.tsx": table("b", entry)}, "x")
    assert bool(analysis.copied_blocks) == copied
    assert bool(analysis.copied_lines) == copied


async def test_a_table_joins_nothing_that_stands_around_it(analyser: SourceAnalyser) -> None:
    half = "\n".join(f"  total += values[{n}] * weight;" for n in range(5))
    halves = [f"export function {name}(values, weight, total) {{\n{half}\n  return total;\n}}\n" for name in "fg"]
    text = table("columns", "(row) => <Text value={row.name} />").join(halves)
    analysis = await analyse(analyser, {"x/a.tsx": text, "x/b.tsx": text}, "x")
    assert analysis.copied_blocks == []


async def test_imports_lead_to_files_or_to_packages(analyser: SourceAnalyser) -> None:
    texts = {
        "x/a.ts": "import { b } from './b.js'; import type { C } from './c'; import d from 'd'; import('./e');",
        "x/b.ts": "export const b = 1;",
        "x/c/index.ts": "export type C = 1;",
    }
    analysis = await analyse(analyser, texts, "x")
    edges = {(e.source, e.target, e.kind) for e in analysis.modules[0].imports}
    assert edges == {
        ("./b.js", "x/b.ts", "static"),
        ("./c", "x/c/index.ts", "type"),
        ("d", None, "static"),
        ("./e", None, "dynamic"),
    }


async def test_a_worker_that_died_starts_again(analyser: SourceAnalyser) -> None:
    await analyser.warm()
    process = analyser._worker._process
    assert process is not None
    process.kill()
    await process.wait()
    for _ in range(2):
        try:
            assert (await analyse(analyser, {"x/a.ts": "const a = 1;"}, "x")).modules
            break
        except ToolError:
            continue
    else:
        pytest.fail("the worker stayed dead")
