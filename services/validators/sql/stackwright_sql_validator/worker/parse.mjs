// Parses SQL with PostgreSQL's own parser, PL/pgSQL bodies included, and reads from the tree what no catalog keeps.
import { loadModule, parsePlPgSQLSync, parseSync } from 'libpg-query';

await loadModule();

/** `files` is {path: text}. Gives, for each file, `errors` and `remarks` with lines from 1. */
export function parse({ files }) {
  return { files: Object.entries(files).map(([path, text]) => parseFile(path, text)) };
}

function parseFile(path, text) {
  const bytes = Buffer.from(text);
  const lineAt = (offset) => bytes.subarray(0, offset).toString().split('\n').length;
  let tree;
  try {
    tree = parseSync(text);
  } catch (error) {
    const at = error.sqlDetails?.cursorPosition ?? -1;
    return { path, errors: [{ rule: 'sql-parse-error', message: error.message, line: at < 0 ? 0 : text.slice(0, at).split('\n').length }], remarks: [] };
  }
  const errors = [];
  const remarks = [];
  for (const { stmt, stmt_location: from = 0, stmt_len: length } of tree.stmts ?? []) {
    const source = bytes.subarray(from, length === undefined ? bytes.length : from + length).toString();
    const line = lineAt(from + Buffer.byteLength(source) - Buffer.byteLength(source.replace(/^(\s|--.*\n|\/\*[^]*?\*\/)+/, '')));
    readStatement(stmt, source, line, lineAt, errors, remarks);
  }
  return { path, errors, remarks };
}

function readStatement(statement, source, line, lineAt, errors, remarks) {
  const [kind, node] = Object.entries(statement)[0];
  if (kind === 'CreateFunctionStmt' || kind === 'DoStmt') readBody(kind, node, source, line, errors, remarks);
  if (kind === 'CreateStmt') readTable(node, lineAt, remarks);
  if (kind === 'AlterTableStmt') {
    for (const { AlterTableCmd: command } of node.cmds) {
      if (command?.def?.Constraint) readConstraint(node.relation, command.def.Constraint, lineAt, remarks);
    }
  }
  if (kind === 'GrantStmt' && node.is_grant && node.grantees?.some((item) => item.RoleSpec?.roletype === 'ROLESPEC_PUBLIC')) {
    remarks.push({ rule: 'grant-to-public', message: 'A right is given to everybody who can connect.', line });
  }
}

function readTable(node, lineAt, remarks) {
  for (const element of node.tableElts ?? []) {
    if (element.Constraint) readConstraint(node.relation, element.Constraint, lineAt, remarks);
    for (const { Constraint: constraint } of element.ColumnDef?.constraints ?? []) readConstraint(node.relation, constraint, lineAt, remarks);
  }
}

const NAMED = { CONSTR_CHECK: 'CHECK', CONSTR_FOREIGN: 'FOREIGN KEY', CONSTR_UNIQUE: 'UNIQUE', CONSTR_EXCLUSION: 'EXCLUDE' };

/** A violated constraint is told by its name, so the name is chosen and not left to PostgreSQL. */
function readConstraint(relation, constraint, lineAt, remarks) {
  const kind = NAMED[constraint?.contype];
  if (!kind || constraint.conname || (relation.schemaname && relation.schemaname !== 'public')) return;
  const message = `A ${kind} constraint of ${relation.relname} has no name of its own.`;
  remarks.push({ rule: 'constraint-unnamed', message, line: lineAt(constraint.location ?? 0) });
}

function readBody(kind, node, source, line, errors, remarks) {
  const options = (kind === 'DoStmt' ? node.args : node.options) ?? [];
  const option = (name) => options.find((item) => item.DefElem?.defname === name)?.DefElem.arg;
  const language = option('language')?.String?.sval ?? (kind === 'DoStmt' ? 'plpgsql' : 'sql');
  if (option('security')?.Boolean?.boolval && !options.some((item) => item.DefElem?.defname === 'set')) {
    remarks.push({ rule: 'definer-search-path', message: 'SECURITY DEFINER without SET search_path: a caller can put a function of his own in its way.', line });
  }
  if (language.toLowerCase() !== 'plpgsql') return;
  let body;
  try {
    body = parsePlPgSQLSync(source);
  } catch (error) {
    errors.push({ rule: 'plpgsql-parse-error', message: error.message, line });
    return;
  }
  // Line 1 of a body is the line on which it begins.
  const first = line + source.trimStart().split(/AS\s+(?:\$\w*\$|')|DO\s+\$\w*\$/i)[0].split('\n').length - 1;
  walk(body, (key, value) => {
    if (key !== 'PLpgSQL_stmt_dynexecute' && key !== 'PLpgSQL_stmt_dynfors') return;
    const query = value.query?.PLpgSQL_expr?.query ?? '';
    const remark = executeRemark(query);
    if (remark) remarks.push({ ...remark, line: first + (value.lineno ?? 1) - 1 });
  });
}

/** What EXECUTE runs must be made of literals and of values that were quoted. */
function executeRemark(query) {
  if (/%s/.test(query) && /\bformat\s*\(/i.test(query)) {
    return { rule: 'execute-format', message: 'format() with %s puts a value into a statement as it is; use %I, %L or USING.' };
  }
  const quoted = query.replaceAll(/\b(quote_(ident|literal|nullable)|format)\s*\((?:[^()]|\([^()]*\))*\)/gi, "''").replaceAll(/'(?:[^']|'')*'/g, "''");
  const parts = quoted.split('||').map((part) => part.trim().replaceAll(/[()]/g, ''));
  const open = parts.find((part) => part !== "''" && part !== '');
  if (parts.length > 1 && open !== undefined) {
    return { rule: 'execute-concatenation', message: `EXECUTE joins \`${open}\` into a statement; use format() with %I and %L, or USING.` };
  }
  return undefined;
}

function walk(value, visit) {
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    visit(key, inner);
    walk(inner, visit);
  }
}
