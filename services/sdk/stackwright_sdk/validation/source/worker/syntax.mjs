// Parsing of JavaScript and TypeScript, and the small tools that all readers of the tree share.

/** @typedef {{type: string, start: number, end: number, [key: string]: any}} Node */

const LANGUAGES = { ts: 'ts', mts: 'ts', cts: 'ts', tsx: 'tsx', js: 'jsx', mjs: 'jsx', cjs: 'jsx', jsx: 'jsx' };

export function isTest(path) {
  return /(^|\/)(tests?|__tests__|e2e)\//.test(path) || /\.(test|spec)\.[cm]?[jt]sx?$/.test(path);
}

/** Parses one file. `errors` is empty when it is correct; the tree of a wrong file is empty. */
export function parseFile(parser, path, text) {
  const place = placer(text);
  const parsed = parser.parseSync(path, text, { lang: languageOf(path), sourceType: 'unambiguous', range: false });
  const errors = parsed.errors
    .filter((error) => error.severity === 'Error')
    .map((error) => ({ message: error.message, ...place(error.labels[0]?.start ?? 0) }));
  return { path, text, place, errors, program: parsed.program, comments: parsed.comments };
}

function languageOf(path) {
  if (/\.d\.[cm]?ts$/.test(path)) return 'dts';
  return LANGUAGES[path.slice(path.lastIndexOf('.') + 1)];
}

/** Gives a function from an offset to its line and column, both from 1. */
function placer(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low] + 1 };
  };
}

/** Direct children of a node. */
export function* childrenOf(node) {
  for (const key in node) {
    const value = node[key];
    if (value === null || typeof value !== 'object') continue;
    if (Array.isArray(value)) {
      for (const item of value) if (item !== null && typeof item?.type === 'string') yield item;
    } else if (typeof value.type === 'string') yield value;
  }
}

/** Calls `visit(node, ancestors)` for a node and all below, outermost first; `false` leaves out what is below. */
export function walk(node, visit, ancestors = []) {
  if (visit(node, ancestors) === false) return;
  ancestors.push(node);
  // Not by `childrenOf`: this is where the time goes, and a generator takes twice as long.
  for (const key in node) {
    const value = node[key];
    if (value === null || typeof value !== 'object') continue;
    if (Array.isArray(value)) {
      for (const item of value) if (typeof item?.type === 'string') walk(item, visit, ancestors);
    } else if (typeof value.type === 'string') walk(value, visit, ancestors);
  }
  ancestors.pop();
}

export function isFunction(node) {
  return (
    node?.type === 'FunctionDeclaration' || node?.type === 'FunctionExpression' || node?.type === 'ArrowFunctionExpression'
  );
}

/** Takes away what only the type checker, or the order of evaluation, cares about. */
export function plain(node) {
  let inner = node;
  while (inner) {
    if (/^(TSAsExpression|TSSatisfiesExpression|TSNonNullExpression|TSTypeAssertion|ParenthesizedExpression|ChainExpression)$/.test(inner.type)) {
      inner = inner.expression;
    } else if (inner.type === 'AwaitExpression') inner = inner.argument;
    else return inner;
  }
  return inner;
}

/** Name of a member or of a property, when it is written out. */
export function nameOf(key) {
  if (key?.type === 'Identifier' || key?.type === 'PrivateIdentifier') return key.name;
  return key?.type === 'Literal' ? String(key.value) : undefined;
}

/** Name of what is called: `f` of `f()`, `m` of `a.b.m()`. */
export function calledName(call) {
  const callee = plain(call.callee);
  if (callee?.type === 'Identifier') return callee.name;
  return callee?.type === 'MemberExpression' && !callee.computed ? nameOf(callee.property) : undefined;
}

/** Value of a property of an object literal. */
export function propertyOf(object, name) {
  if (object?.type !== 'ObjectExpression') return undefined;
  const found = object.properties.find((item) => item.type === 'Property' && !item.computed && nameOf(item.key) === name);
  return found?.value;
}
