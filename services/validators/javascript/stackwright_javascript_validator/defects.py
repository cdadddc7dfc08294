"""A small application without a fault, and its mistakes; run this module for the catch rate."""

import json

from stackwright_javascript_validator.validator import JavascriptValidator
from stackwright_sdk.validation.testing import Defect, print_catch_rate

_STRICT = {
    "target": "ES2024",
    "module": "NodeNext",
    "moduleResolution": "NodeNext",
    "strict": True,
    "noEmit": True,
    "skipLibCheck": True,
    "types": ["node"],
    "allowImportingTsExtensions": True,
    "erasableSyntaxOnly": True,
}


def manifest(half: str, dependencies: dict[str, str], development: dict[str, str]) -> dict[str, str]:
    """`package.json` with the lock that goes with it."""
    stated = {"dependencies": dependencies, "devDependencies": development}
    root = {"name": half, "version": "0.1.0", **stated}
    packages = {
        f"node_modules/{name}": {"version": version} for group in stated.values() for name, version in group.items()
    }
    return {
        f"{half}/package.json": json.dumps({**root, "type": "module"}),
        f"{half}/package-lock.json": json.dumps({"lockfileVersion": 3, "packages": {"": root, **packages}}),
    }


CLEAN = {
    **manifest(
        "backend", {"express": "5.3.0"}, {"@types/express": "5.0.6", "@types/node": "26.6.6", "vitest": "5.1.1"}
    ),
    "backend/tsconfig.json": json.dumps({"compilerOptions": _STRICT, "include": ["src", "tests"]}),
    "backend/src/main.ts": "import { buildApp } from './app.ts';\n\nbuildApp().listen(3000);\n",
    "backend/src/app.ts": """\
import express, { type Express } from 'express';
import { notes } from './features/notes/index.ts';
import { requireCaller } from './shared/guard.ts';

/** Every route asks for a caller. */
export function buildApp(): Express {
  const app = express();
  app.use('/api', requireCaller, notes);
  return app;
}
""",
    "backend/src/shared/guard.ts": """\
import type { RequestHandler } from 'express';

export const requireCaller: RequestHandler = (request, response, next) => {
  if (request.get('authorization') === undefined) {
    response.status(401).end();
    return;
  }
  next();
};
""",
    "backend/src/shared/store.ts": """\
export interface Note {
  readonly id: string;
  readonly title: string;
}

export async function findNotes(limit: number): Promise<Note[]> {
  return Promise.resolve([{ id: '1', title: 'first' }].slice(0, limit));
}
""",
    "backend/src/features/tags/secret/inner.ts": "export const inner = 1;\n",
    "backend/src/features/notes/index.ts": """\
import { Router } from 'express';
import { findNotes } from '../../shared/store.ts';

export const notes = Router();

notes.get('/notes', async (_request, response) => {
  const found = await findNotes(25);
  try {
    response.json(found);
  } catch {
    // The client has gone; there is nobody to tell.
  }
});
""",
    "backend/tests/notes.test.ts": """\
import { expect, it } from 'vitest';
import { findNotes } from '../src/shared/store.ts';

it('finds notes', async () => {
  expect(await findNotes(1)).toHaveLength(1);
});
""",
    **manifest("frontend", {"react": "19.3.1"}, {"@types/react": "19.3.0"}),
    "frontend/tsconfig.json": json.dumps(
        {
            "compilerOptions": {
                **_STRICT,
                "module": "ESNext",
                "moduleResolution": "bundler",
                "jsx": "react-jsx",
                "lib": ["ES2024", "DOM"],
                "types": [],
            },
            "include": ["src"],
        }
    ),
    "frontend/src/features/notes/NoteList.tsx": """\
import { useEffect, useState } from 'react';

export function NoteList({ owner }: { owner: string }) {
  const [count, setCount] = useState(0);
  useEffect(() => {
    document.title = `${owner} has ${count}`;
  }, [owner, count]);
  return <button onClick={() => setCount(count + 1)}>{count}</button>;
}
""",
}

_STORE, _NOTES, _LIST = (
    "backend/src/shared/store.ts",
    "backend/src/features/notes/index.ts",
    "frontend/src/features/notes/NoteList.tsx",
)
_QUERY = "const found = await findNotes(25);"
_BRANCHES = "\n".join(f"  if (value === {n}) return {n * 2};" for n in range(13))
_COPY = "\n".join(f"  lines.push(`line {n} of ${{name}}: ${{weigh(name, {n})}}`);" for n in range(12))
_BLOCK = (
    "const weigh = (name: string, by: number) => name.length * by;\n\nexport function print(name: string): string[] {\n"
    f"  const lines: string[] = [];\n{_COPY}\n  return lines;\n}}\n"
)
_TWICE = _BLOCK.replace("weigh =", "weighAgain =").replace("print", "printAgain")

DEFECTS = [
    Defect("syntax error", "parse-error", _STORE, "export const = 1;\n"),
    Defect("cut-off file", "parse-error", _NOTES, CLEAN[_NOTES][:200]),
    Defect("broken JSON", "parse-error", "backend/package.json", '{"name": "backend",}'),
    Defect("wrong type", "TS2322", _STORE, "title: 7", "title: 'first'"),
    Defect("call of what does not exist", "TS2339", _NOTES, "json(found.all())", "json(found)"),
    Defect("name that is not there", "TS2304", _NOTES, "await findAll(25)", "await findNotes(25)"),
    Defect("member that is not exported", "TS2305", _NOTES, "import { findNotes, missing }", "import { findNotes }"),
    Defect(
        "wrong property",
        "TS2741",
        "frontend/src/App.tsx",
        "import { NoteList } from './features/notes/NoteList.tsx';\n\nexport const App = () => <NoteList />;\n",
    ),
    Defect(
        "invented package",
        "import-undeclared",
        _NOTES,
        "import 'express-super-guard';\nimport { Router }",
        "import { Router }",
    ),
    Defect(
        "package of the other half",
        "import-undeclared",
        _NOTES,
        "import 'react';\nimport { Router }",
        "import { Router }",
    ),
    Defect(
        "package not in the lock",
        "import-unlocked",
        "backend/package-lock.json",
        CLEAN["backend/package-lock.json"].replace("node_modules/express", "node_modules/other"),
    ),
    Defect(
        "lock of another manifest",
        "lock-out-of-date",
        "backend/package-lock.json",
        '"express": "4.0.0"}, "dev',
        '"express": "5.3.0"}, "dev',
    ),
    Defect("no lock", "import-unlocked", "backend/package-lock.json", "{}"),
    Defect(
        "development package in production",
        "import-development-only",
        _NOTES,
        "import 'vitest';\nimport { Router }",
        "import { Router }",
    ),
    Defect("import of no file", "import-unresolved", _NOTES, "store2.ts", "store.ts"),
    Defect("wrong case", "import-case", _NOTES, "Store.ts", "store.ts"),
    Defect(
        "way out of the project",
        "import-unsafe-path",
        _NOTES,
        "'../../../../../../etc/store.ts'",
        "'../../shared/store.ts'",
    ),
    Defect("TODO", "placeholder", _NOTES, f"// TODO: page\n  {_QUERY}", _QUERY),
    Defect("rest unchanged", "placeholder", _NOTES, f"// ... rest of the code unchanged\n  {_QUERY}", _QUERY),
    Defect("not implemented", "placeholder", _NOTES, "throw new Error('Not implemented');", _QUERY.replace("25", "25")),
    Defect("coming soon", "placeholder", _LIST, ">Coming soon</button>", ">{count}</button>"),
    Defect("TODO in SQL", "placeholder", "database/migrations/0001_notes.sql", "-- TODO: indexes\nSELECT 1;\n"),
    Defect("floating promise", "typescript/no-floating-promises", _NOTES, f"findNotes(1);\n  {_QUERY}", _QUERY),
    Defect(
        "promise as a condition",
        "typescript/no-misused-promises",
        _NOTES,
        f"if (findNotes(1)) response.end();\n  {_QUERY}",
        _QUERY,
    ),
    Defect("any", "typescript/no-explicit-any", _NOTES, "const found: any = await", "const found = await"),
    Defect("loose comparison", "eqeqeq", "backend/src/shared/guard.ts", "== undefined", "=== undefined"),
    Defect(
        "loose null",
        "eqeqeq",
        "backend/src/shared/guard.ts",
        "(request.get('authorization') ?? null) == null",
        "request.get('authorization') === undefined",
    ),
    Defect("hook under a condition", "react-hooks/rules-of-hooks", _LIST, "if (owner) useEffect(", "useEffect("),
    Defect("missing dependency of an effect", "react-hooks/exhaustive-deps", _LIST, ", [])", ", [owner, count])"),
    Defect("picture without words", "jsx-a11y/alt-text", _LIST, '><img src="a.png" /></button>', ">{count}</button>"),
    Defect("text that runs backwards", "security/detect-bidi-characters", _STORE, "'fir\u202est'", "'first'"),
    Defect("suppressed type check", "suppression-without-reason", _NOTES, f"// @ts-ignore\n  {_QUERY}", _QUERY),
    Defect("suppressed lint", "suppression-without-reason", _NOTES, f"// oxlint-disable-next-line\n  {_QUERY}", _QUERY),
    Defect("strictness switched off", "types-not-strict", "backend/tsconfig.json", '"strict": false', '"strict": true'),
    Defect("file outside of the type check", "file-not-type-checked", "backend/tools/x.ts", "export const x = 1;\n"),
    Defect(
        "shared imports a feature",
        "layer-shared-to-feature",
        _STORE,
        "export { inner } from '../features/tags/secret/inner.ts';\nexport interface Note",
        "export interface Note",
    ),
    Defect(
        "feature reaches into a feature",
        "layer-feature-to-feature",
        _NOTES,
        "import '../tags/secret/inner.ts';\nimport { Router }",
        "import { Router }",
    ),
    Defect(
        "half imports the other",
        "layer-half-to-half",
        _LIST,
        "import '../../../../backend/src/shared/store.ts';\nimport { useEffect",
        "import { useEffect",
    ),
    Defect(
        "code imports a test",
        "layer-source-to-test",
        _NOTES,
        "import '../../../tests/notes.test.ts';\nimport { Router }",
        "import { Router }",
    ),
    Defect(
        "cycle", "cycle", _STORE, "import '../features/notes/index.ts';\nexport interface Note", "export interface Note"
    ),
    Defect(
        "copied code",
        "duplicate-block",
        _STORE,
        f"{CLEAN[_STORE]}\n{_BLOCK}\n{_TWICE}",
    ),
    Defect(
        "function of many branches",
        "complex-function",
        _STORE,
        f"{CLEAN[_STORE]}\nexport function pick(value: number): number {{\n{_BRANCHES}\n  return 0;\n}}\n",
    ),
    Defect(
        "long file", "long-file", _STORE, CLEAN[_STORE] + "".join(f"export const value{n} = {n};\n" for n in range(401))
    ),
    Defect("padding", "padding", _STORE, CLEAN[_STORE] + "// filler line\n" * 120),
    Defect("console", "console-left", _NOTES, f"console.log('here');\n  {_QUERY}", _QUERY),
    Defect("breakpoint", "debugger-left", _NOTES, f"debugger;\n  {_QUERY}", _QUERY),
    Defect(
        "swallowed error",
        "empty-catch",
        _NOTES,
        "} catch {}",
        "} catch {\n    // The client has gone; there is nobody to tell.\n  }",
    ),
    Defect("focused test", "focused-test", "backend/tests/notes.test.ts", "it.only('finds", "it('finds"),
    Defect("query in a loop", "query-in-loop", _NOTES, "for (const id of ['1']) await Note.findByPk(id);", _QUERY),
    Defect(
        "query in a map",
        "query-in-loop",
        _NOTES,
        "await Promise.all(['1'].map(async (id) => await Note.findByPk(id)));",
        _QUERY,
    ),
    Defect("unbounded list", "unbounded-query", _NOTES, "const found = await Note.findAll();", _QUERY),
]


if __name__ == "__main__":
    print_catch_rate(JavascriptValidator(), CLEAN, DEFECTS)
