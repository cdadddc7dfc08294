// TypeScript to JavaScript by erasure, and formatting. Positions are kept until the last moment, so that what is cut with
// a type (its documentation, its line) is known exactly from the syntax tree.
import { createRequire } from 'node:module';
import { posix } from 'node:path';
import { format as oxfmt } from 'oxfmt';
import { blankSourceFile } from 'ts-blank-space';

// The parser that ts-blank-space itself uses: it walks the tree that this one makes.
const ts = createRequire(import.meta.resolve('ts-blank-space'))('typescript');
const { SyntaxKind } = ts;

const RELATIVE_TYPESCRIPT = /^(\.{1,2}\/.*)\.ts(x?)$/;
const DIRECTIVE = /^[ \t]*\/\/[ \t]*(?:@ts-(?:expect-error|ignore|nocheck|check)|\/[ \t]*<reference).*\r?\n/gm;

/**
 * {files: {path: source}} → {files: {path: source}, errors: [{path, line, message}]}. Declaration files are left out, and so are
 * files of nothing but types, unless one that stays still names them.
 */
export function erase({ files }) {
  const erased = {};
  const errors = [];
  const named = new Set();
  const empty = [];
  for (const [path, source] of Object.entries(files)) {
    if (/\.d\.[mc]?ts$/.test(path)) continue;
    const target = path.replace(/\.([mc]?)ts(x?)$/, '.$1js$2');
    if (target === path) {
      erased[target] = source;
      continue;
    }
    const { text, names, nothing } = eraseOne(path, source, errors);
    erased[target] = text;
    for (const name of names) named.add(posix.join(posix.dirname(target), name));
    if (nothing) empty.push(target);
  }
  for (const target of empty) if (!named.has(target)) delete erased[target];
  return { files: erased, errors };
}

/** {files, options} → {files, errors}; a file that does not parse comes back as it was, with an error. */
export async function format({ files, options }) {
  const formatted = {};
  const errors = [];
  await Promise.all(
    Object.entries(files).map(async ([path, source]) => {
      const result = await oxfmt(path, source, options);
      const failed = result.errors.filter(({ severity }) => severity === 'Error');
      formatted[path] = failed.length > 0 ? source : result.code;
      for (const { message, labels } of failed) {
        const start = labels[0]?.start ?? 0;
        const line = Buffer.from(source).subarray(0, start).toString().split('\n').length;
        errors.push({ path, line, message });
      }
    }),
  );
  return { files: formatted, errors };
}

function eraseOne(path, source, errors) {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ESNext, false, kind);
  const report = (position, message) => {
    const { line } = file.getLineAndCharacterOfPosition(position);
    errors.push({ path, line: line + 1, message });
  };
  for (const { start, messageText } of file.parseDiagnostics) {
    report(start, ts.flattenDiagnosticMessageText(messageText, ' '));
  }
  const blank = blankSourceFile(file, (node) =>
    report(node.getStart(file), `${SyntaxKind[node.kind]} has a meaning at run time and cannot be erased`),
  );
  const edits = [];
  const names = [];
  visit(file, (node) => {
    if (isErased(node)) {
      edits.push(wholeLines(source, ...withDocumentation(file, source, node), node));
      return false;
    }
    if (ts.isStringLiteralLike(node) && RELATIVE_TYPESCRIPT.test(node.text)) {
      const start = node.getStart(file) + 1;
      const name = node.text.replace(RELATIVE_TYPESCRIPT, '$1.js$2');
      names.push(name);
      edits.push([start, start + node.text.length, name]);
    }
    return true;
  });
  const nothing = file.statements.length > 0 && file.statements.every(isErased);
  return { text: apply(blank, edits).replace(DIRECTIVE, ''), names, nothing };
}

function visit(node, enter) {
  ts.forEachChild(node, (child) => {
    if (enter(child)) visit(child, enter);
  });
}

/** Whether nothing of a statement or class member is left once its types are gone. */
function isErased(node) {
  switch (node.kind) {
    case SyntaxKind.InterfaceDeclaration:
    case SyntaxKind.TypeAliasDeclaration:
    case SyntaxKind.IndexSignature:
      return true;
    case SyntaxKind.ImportDeclaration:
      return Boolean(node.importClause?.isTypeOnly || (!node.importClause?.name && onlyTypes(node.importClause?.namedBindings)));
    case SyntaxKind.ExportDeclaration:
      return node.isTypeOnly || onlyTypes(node.exportClause);
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.Constructor:
      return !node.body || has(node, SyntaxKind.DeclareKeyword);
    case SyntaxKind.PropertyDeclaration:
    case SyntaxKind.GetAccessor:
    case SyntaxKind.SetAccessor:
      return has(node, SyntaxKind.DeclareKeyword) || has(node, SyntaxKind.AbstractKeyword);
    default:
      return has(node, SyntaxKind.DeclareKeyword);
  }
}

/** Whether names stand between braces, and each of them is a type. */
function onlyTypes(clause) {
  return Boolean(clause?.elements?.length && clause.elements.every(({ isTypeOnly }) => isTypeOnly));
}

function has(node, kind) {
  return Boolean(node.modifiers?.some((modifier) => modifier.kind === kind));
}

/** From the first comment that touches the node (no blank line between) to its end; a file's opening comment stays with an import. */
function withDocumentation(file, source, node) {
  let start = node.getStart(file);
  if (node.pos === 0 && node.kind === SyntaxKind.ImportDeclaration) return [start, node.end];
  const comments = ts.getLeadingCommentRanges(source, node.pos) ?? [];
  for (const comment of comments.reverse()) {
    if (/\n[ \t]*\r?\n/.test(source.slice(comment.end, start))) break;
    // A comment that ends the line of what comes before belongs to that.
    if (source.slice(node.pos, comment.pos).trim() === '' && !/(^|\n)[ \t]*$/.test(source.slice(0, comment.pos))) break;
    start = comment.pos;
  }
  return [start, node.end];
}

/** Widened to whole lines when nothing else stands on them but a closing comment. */
function wholeLines(source, start, end, node) {
  const trailing = ts.getTrailingCommentRanges(source, node.end)?.at(-1)?.end ?? end;
  const before = /(^|\n)[ \t]*$/.exec(source.slice(0, start));
  const after = /^[ \t]*;?[ \t]*\r?\n?/.exec(source.slice(trailing));
  const alone = before && (after[0].endsWith('\n') || trailing + after[0].length === source.length);
  if (!alone) return [start, end, ''];
  return [start - before[0].length + before[1].length, trailing + after[0].length, ''];
}

function apply(text, edits) {
  let result = '';
  let done = 0;
  for (const [start, end, replacement] of edits.sort((one, other) => one[0] - other[0])) {
    if (start < done) continue;
    result += text.slice(done, start) + replacement;
    done = end;
  }
  return result + text.slice(done);
}
