// SQL that is put together from values instead of taking them as parameters.
import { lookUp } from './modules.mjs';
import { calledName, isTest, plain, walk } from './syntax.mjs';

const RUNS_SQL = /^(query|raw|literal|execute|unsafe|run|\$queryRawUnsafe|\$executeRawUnsafe|queryRaw|select)$/;
const STATEMENT = /\b(select\b[^]*\bfrom|insert\s+into|update\b[^]*\bset|delete\s+from|where|order\s+by)\b/i;
const REQUEST = /^(req|request|ctx|params|query|body|headers|cookies)$/;
const GIVEN = /^(input|payload|args|search|term|filter|keyword)$/;

/** Places where a value becomes part of a statement; `foreign` when a caller of the function, or a request, chooses it. */
export function joinedStatements(modules) {
  const found = [];
  for (const module of modules.values()) {
    if (isTest(module.path)) continue;
    walk(module.program, (node, ancestors) => {
      if (node.type !== 'CallExpression' || !RUNS_SQL.test(calledName(node) ?? '')) return;
      const statement = statementOf(modules, module, node.arguments[0]);
      if (!statement) return;
      const parts = partsOf(statement);
      if (!STATEMENT.test(parts.map((part) => part.text ?? ' ? ').join(''))) return;
      const around = ancestors.filter((ancestor) => /Function/.test(ancestor.type));
      const wrong = parts.find((part, index) => part.node && isValue(module, parts, index, around));
      if (!wrong) return;
      const foreign = comesFromRequest(module, wrong.node, around) || isParameter(wrong.node, around);
      found.push({ source: module.path, ...module.place(wrong.node.start), text: module.text.slice(wrong.node.start, wrong.node.end).slice(0, 80), foreign });
    });
  }
  return found;
}

/** The statement itself, or the variable of the same module that holds it. */
function statementOf(modules, module, argument) {
  let node = plain(argument);
  if (node?.type === 'Identifier') {
    const declared = lookUp(modules, module, node.name);
    node = declared?.module === module ? plain(declared.node) : undefined;
  }
  if (node?.type === 'TemplateLiteral' && node.expressions.length > 0) return node;
  return node?.type === 'BinaryExpression' && node.operator === '+' ? node : undefined;
}

function partsOf(node) {
  if (node.type === 'TemplateLiteral') {
    return node.quasis.flatMap((quasi, index) => {
      const text = { text: quasi.value.cooked ?? '' };
      return index < node.expressions.length ? [text, { node: plain(node.expressions[index]) }] : [text];
    });
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') return [...partsOf(plain(node.left)), ...partsOf(plain(node.right))];
  return node.type === 'Literal' && typeof node.value === 'string' ? [{ text: node.value }] : [{ node }];
}

/** Fragments that the code itself holds may be joined; what stands for a value, or comes from a request, may not. */
function isValue(module, parts, index, around) {
  const { node } = parts[index];
  const before = parts[index - 1]?.text ?? '';
  const after = parts[index + 1]?.text ?? '';
  if (/'[^']*$/.test(before.replaceAll(/'[^']*'/g, '')) && /^[^']*'/.test(after)) return !isFixed(module, node);
  return comesFromRequest(module, node, around);
}

/** A constant of the module: it is the same for every caller. */
function isFixed(module, node) {
  if (node.type === 'Literal') return true;
  if (node.type !== 'Identifier') return false;
  const declared = module.declared.get(node.name);
  return declared?.type === 'Literal' || (declared?.type === 'TemplateLiteral' && declared.expressions.length === 0);
}

function comesFromRequest(module, node, around) {
  let comes = false;
  walk(node, (inner) => {
    if (inner.type === 'MemberExpression') {
      const owner = rootOf(inner);
      if (owner && (REQUEST.test(owner) || GIVEN.test(owner))) comes = true;
    }
    if (inner.type === 'Identifier' && (GIVEN.test(inner.name) || takenFromRequest(inner.name, around))) comes = true;
    // Numbers and identifiers that were made safe are fragments.
    return !comes && !(inner.type === 'CallExpression' && /^(Number|parseInt|quoteIdentifier|escapeId|escape|quote)$/.test(calledName(inner) ?? ''));
  });
  return comes;
}

function isParameter(node, around) {
  return node.type === 'Identifier' && around.some((scope) => scope.params?.some((item) => (item.left ?? item).name === node.name));
}

function rootOf(member) {
  let node = member;
  while (node?.type === 'MemberExpression') node = plain(node.object);
  return node?.type === 'Identifier' ? node.name : undefined;
}

/** `const { sort } = request.query` in a function around. */
function takenFromRequest(name, around) {
  let taken = false;
  for (const scope of around) {
    walk(scope, (node) => {
      if (node.type !== 'VariableDeclarator' || !node.init) return !taken;
      const init = plain(node.init);
      const owner = init?.type === 'MemberExpression' ? rootOf(init) : init?.type === 'Identifier' ? init.name : undefined;
      if (!owner || !REQUEST.test(owner)) return !taken;
      if (node.id.type === 'Identifier' && node.id.name === name) taken = true;
      if (node.id.type === 'ObjectPattern' && node.id.properties.some((item) => (item.value?.left ?? item.value)?.name === name)) taken = true;
      return !taken;
    });
  }
  return taken;
}
