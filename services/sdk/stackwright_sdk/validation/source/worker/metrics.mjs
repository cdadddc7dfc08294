// Sizes: lines with code, complexity of functions, copied code.
import { isFunction, isTest, nameOf, plain, walk } from './syntax.mjs';

const WINDOW = 60;
const SHORTEST_REPORT = { tokens: 70, lines: 10 };
const DECISIONS = new Set([
  'IfStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'CatchClause',
  'ConditionalExpression',
]);

/** Lines, among those of the file, that hold code: not blank and not comment alone. */
export function codeLines(module) {
  return blanked(module).split('\n').filter((line) => line.trim() !== '').length;
}

function blanked(module) {
  if (module.blanked !== undefined) return module.blanked;
  let text = '';
  let at = 0;
  for (const comment of module.comments) {
    text += module.text.slice(at, comment.start) + module.text.slice(comment.start, comment.end).replaceAll(/[^\n]/g, ' ');
    at = comment.end;
  }
  module.blanked = text + module.text.slice(at);
  return module.blanked;
}

/** Cyclomatic complexity of every function by itself: `{name, line, column, value}`. */
export function complexities(module) {
  const results = [];
  const measure = (root, name) => {
    let value = 1;
    walk(root, (node, ancestors) => {
      if (node !== root && isFunction(node)) {
        measure(node, functionName(node, ancestors.at(-1)));
        return false;
      }
      if (DECISIONS.has(node.type)) value += 1;
      if (node.type === 'SwitchCase' && node.test) value += 1;
      if (node.type === 'LogicalExpression' && node.operator !== '??') value += 1;
      return true;
    });
    if (isFunction(root)) results.push({ name, value, ...module.place(root.start) });
  };
  measure(module.program, '');
  return results;
}

function functionName(node, parent) {
  if (node.id?.name) return node.id.name;
  if (parent?.type === 'VariableDeclarator') return parent.id.name ?? '';
  return nameOf(parent?.key) ?? '';
}

/** Runs of at least 60 tokens that stand in more than one place: lines of each file inside one, and the longest for a person. */
export function copies(modules) {
  const sources = [...modules.values()].filter((module) => !isTest(module.path)).map(tokensOf);
  const places = new Map();
  for (const [file, { tokens }] of sources.entries()) {
    for (let at = 0; at + WINDOW <= tokens.length; at += 1) {
      const key = windowHash(tokens, at);
      const known = places.get(key);
      if (known) known.push([file, at]);
      else places.set(key, [[file, at]]);
    }
  }
  const copied = sources.map(() => new Set());
  const runs = new Map();
  for (const found of places.values()) {
    if (found.length < 2) continue;
    for (const [file, at] of found) {
      const { tokens } = sources[file];
      for (let index = at; index < at + WINDOW; index += 1) copied[file].add(tokens[index].line);
    }
    const [first, second] = found;
    extend(runs, sources, first, second);
  }
  const lines = copied.reduce((sum, set) => sum + set.size, 0);
  return { lines, blocks: [...runs.values()].filter((run) => run.tokens >= SHORTEST_REPORT.tokens && run.lines >= SHORTEST_REPORT.lines) };
}

/** Joins windows that follow one another in the same two places. */
function extend(runs, sources, [file, at], [otherFile, otherAt]) {
  const key = `${file} ${otherFile} ${otherAt - at}`;
  const run = runs.get(key);
  const end = sources[file].tokens[at + WINDOW - 1].line;
  if (run && at <= run.last + WINDOW) {
    run.tokens += Math.max(0, at - run.last);
    run.last = Math.max(run.last, at);
    run.lines = Math.max(run.lines, end - run.line + 1);
    return;
  }
  const line = sources[file].tokens[at].line;
  const other = sources[otherFile];
  runs.set(key, {
    path: sources[file].path,
    line,
    lines: end - line + 1,
    tokens: WINDOW,
    last: at,
    otherPath: other.path,
    otherLine: other.tokens[otherAt].line,
  });
}

const TOKEN = /[A-Za-z_$][\w$]*|\d[\w.]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[^\s\w]/g;

// Stands for a table, and is like no other.
const TABLE = '\0';

/** Tokens without comments, imports and tables; exactness does not matter here, sameness does. */
function tokensOf(module) {
  let text = blanked(module);
  const leaveOut = ({ start, end }, instead) => {
    text = text.slice(0, start) + instead + text.slice(start, end).replaceAll(/[^\n]/g, ' ').slice(instead.length) + text.slice(end);
  };
  for (const node of module.program.body ?? []) {
    if (node.type === 'ImportDeclaration') leaveOut(node, '');
    for (const table of tablesOf(node)) leaveOut(table, TABLE);
  }
  const tokens = [];
  let line = 1;
  for (const row of text.split('\n')) {
    for (const [token] of row.matchAll(TOKEN)) {
      tokens.push({ hash: hashOf(token === TABLE ? `${module.path}:${line}` : token), line });
    }
    line += 1;
  }
  return { path: module.path, tokens };
}

/**
 * Constants of a module that list things by their members: the columns of a list, the fields of a form, routes.
 * Two kinds of things with equal members have equal entries, and no function could be taken out of both.
 * What decides or does something is no entry of a table.
 */
function tablesOf(statement) {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') return [];
  return declaration.declarations.map(({ init }) => plain(init)).filter(isTable);
}

function isTable(node) {
  if (node?.type !== 'ArrayExpression' || !node.elements.some((entry) => plain(entry)?.type === 'ObjectExpression')) return false;
  let tells = true;
  walk(node, ({ type, operator }) => {
    if (DECISIONS.has(type) || type === 'BlockStatement' || (type === 'LogicalExpression' && operator !== '??')) tells = false;
    return tells;
  });
  return tells;
}

function hashOf(token) {
  let hash = 2166136261;
  for (let index = 0; index < token.length; index += 1) hash = Math.imul(hash ^ token.charCodeAt(index), 16777619);
  return hash >>> 0;
}

/** Two independent 32-bit hashes as one key. */
function windowHash(tokens, at) {
  let first = 17;
  let second = 31;
  for (let index = at; index < at + WINDOW; index += 1) {
    first = (Math.imul(first, 1000003) ^ tokens[index].hash) >>> 0;
    second = (Math.imul(second, 69069) + tokens[index].hash) >>> 0;
  }
  return first * 2097152 + (second & 2097151);
}
