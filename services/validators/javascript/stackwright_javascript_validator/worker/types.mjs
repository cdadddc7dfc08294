// Type checks projects with one TypeScript that stays warm: libraries are read once, and a second run sees only what changed.
import { readFileSync } from 'node:fs';
import { API } from 'typescript/unstable/sync';

// A long life would keep every project that ever was.
const RUNS_BEFORE_RESTART = 200;
const ERROR = 1;

let api;
let snapshot;
let runs = 0;
let open = new Set();

/**
 * `configs` are paths of `tsconfig.json` files; `changes` the files that differ from the run before. Gives, for each config, the
 * errors and the files that were looked at. All paths are absolute, lines and columns from 1.
 */
export function check({ folder, configs, changes }) {
  try {
    return look(folder, configs, changes);
  } catch (error) {
    // The compiler may be gone: the next call gets another.
    reset();
    throw error;
  }
}

function look(folder, configs, changes) {
  if (runs >= RUNS_BEFORE_RESTART) reset();
  runs += 1;
  api ??= new API({ cwd: folder });
  const closing = [...open].filter((config) => !configs.includes(config));
  const before = snapshot;
  snapshot = api.updateSnapshot({ openProjects: configs.filter((config) => !open.has(config)), closeProjects: closing, fileChanges: changes });
  before?.dispose();
  open = new Set(configs);
  return { projects: configs.map((config) => lookAt(config, folder)) };
}

function lookAt(config, folder) {
  const project = snapshot.getProject(config);
  if (!project) return { config, errors: [], files: [], strict: false, missing: true };
  const { program } = project;
  const found = [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getProgramDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...program.getSyntacticDiagnostics(),
    ...program.getSemanticDiagnostics(),
  ].filter((item) => item.category === ERROR);
  const files = program.getSourceFileNames().filter((name) => name.startsWith(`${folder}/`) && !name.includes('/node_modules/'));
  const texts = new Map();
  const errors = found.map((item) => ({ code: item.code, message: messageOf(item), ...placeOf(item, texts) }));
  return { config, errors, files, strict: project.compilerOptions.strict === true, missing: false };
}

function messageOf({ text, messageChain = [] }) {
  return [text, ...messageChain.flatMap((item) => messageOf(item).split('\n').map((line) => `  ${line}`))].join('\n').slice(0, 1500);
}

function placeOf({ fileName, pos, end }, texts) {
  if (!fileName) return { path: '', line: 0, column: 0, end_line: 0, end_column: 0 };
  if (!texts.has(fileName)) texts.set(fileName, read(fileName));
  const text = texts.get(fileName);
  const [line, column] = at(text, pos);
  const [endLine, endColumn] = at(text, end);
  return { path: fileName, line, column, end_line: endLine, end_column: endColumn };
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function at(text, offset) {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return [before.split('\n').length, offset - start + 1];
}

function reset() {
  const old = api;
  [api, snapshot, runs, open] = [undefined, undefined, 0, new Set()];
  try {
    old?.close();
  } catch {
    // It was gone already.
  }
}
