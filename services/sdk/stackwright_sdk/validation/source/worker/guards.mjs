// What stands between a stranger and a route: refusals that depend on the caller, followed through calls, and the permissions they ask for.
import { bind, isAbsent, valueOf } from './evaluate.mjs';
import { calledName, childrenOf, isFunction, nameOf, plain, walk } from './syntax.mjs';

/** Functions that answer 401 or 403, or throw what does. */
const REFUSAL = /^(refuse|forbid|forbidden|unauthorized|unauthenticated|deny|denied)$/i;
/** Functions of packages, or that are not to be followed, whose purpose is to guard. */
const GUARD =
  /^((require|ensure|assert|protect|guard|authenticate|authorize|permit)\w*|authenticated|authorized|auth|isAuthenticated|isAdmin|signedIn|expressjwt|verify(Token|Jwt|JWT|Access\w*)|check(Auth|Role|Permission)\w*)$/;
const ASK = /^(can|canHere|may|has|permit|permitted|hasPermission|hasRole|require(Permission|Role)\w*|authorize|allowed?)$/;
const OPEN = /^(anyone|anybody|everyone|isPublic|publicRoute|allowAnonymous|openToAll)$/;
const OF_CALLER = /^(caller|actor|principal|can|canHere|may|signedIn|isSignedIn|userId|actorId|sessionId|isAuthenticated|by|may act|authorization|hasPermission|hasRole)$/;
const REQUEST = /^(req|request|ctx|context|locals|res|response)$/;
const LIMIT = 800;

/** Names of permissions in SQL (`can_users_read`, within an organization `here_users_read`) with the permission that each stands for. */
export function permissionParameters(modules) {
  const parameters = new Map();
  for (const module of modules.values()) {
    walk(module.program, (node) => {
      if (node.type !== 'Property' || nameOf(node.key) !== 'permissions' || node.value.type !== 'ObjectExpression') return;
      for (const item of node.value.properties) {
        const key = item.type === 'Property' ? nameOf(item.key) : undefined;
        if (key) for (const scope of ['can', 'here']) parameters.set(`${scope}_${key.replaceAll(/\W/g, '_')}`, key);
      }
    });
  }
  return parameters;
}

/** `{guarded, open, permissions}` of a chain of handlers, the outermost first. */
export function guardsOf(world, handlers) {
  const found = { world, guarded: false, open: false, permissions: new Set(), seen: new Set() };
  for (const [index, { node, module }] of handlers.entries()) {
    // What stands before the handler guards by any refusal; the handler itself also refuses what has nothing to do with who calls.
    const strict = index === handlers.length - 1;
    const value = valueOf(world, module, new Map(), node);
    const name = plain(node)?.type === 'CallExpression' ? calledName(plain(node)) : plain(node)?.name;
    if (!strict && GUARD.test(name ?? '') && !isFunction(value?.node)) found.guarded = true;
    if (!strict && GUARD.test(name ?? '') && plain(node)?.type === 'CallExpression') addPermissions(found, plain(node));
    if (OPEN.test(name ?? '')) found.open = true;
    if (value) read({ ...found, strict, found }, value.module, value.scope, value.node);
  }
  return { guarded: found.guarded, open: found.open, permissions: [...found.permissions].sort() };
}

/** Reads a node and every function of this project that it calls. Inside a loop of its own, a refusal is about data and not about who calls. */
function read(search, module, scope, root) {
  if (!root || search.seen.has(root) || search.seen.size > LIMIT) return;
  search.seen.add(root);
  visit(search, module, scope, root, false);
}

function visit(search, module, scope, node, looped) {
  if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') judge(search, module, scope, node.test, [node.consequent, node.alternate], looped);
  if (node.type === 'LogicalExpression') judge(search, module, scope, node.left, [node.right], looped);
  if (node.type === 'Identifier' && OPEN.test(node.name)) search.found.open = true;
  if (node.type === 'CallExpression') readCall(search, module, scope, node, looped);
  const loop = looped || /^(For|While|DoWhile)/.test(node.type);
  for (const child of childrenOf(node)) visit(search, module, scope, child, loop);
}

function readCall(search, module, scope, call, looped) {
  // How a refusal is made says nothing about when.
  if (refuses(call)) {
    if (!search.strict) search.found.guarded = true;
    return;
  }
  const value = valueOf(search.world, module, scope, call.callee);
  if (isFunction(value?.node)) read(search, value.module, bind(search.world, value, call.arguments, module, scope), value.node);
  else if (GUARD.test(calledName(call) ?? '') && value === undefined && !looped) {
    search.found.guarded = true;
    addPermissions(search.found, call);
  }
  for (const argument of call.arguments) {
    const handed = plain(argument);
    if (handed?.type !== 'Identifier' && handed?.type !== 'MemberExpression') continue;
    const inner = valueOf(search.world, module, scope, handed);
    if (isFunction(inner?.node)) read(search, inner.module, inner.scope, inner.node);
  }
}

/** A refusal under a condition: it guards when the condition asks who calls, and can hold at all. */
function judge(search, module, scope, test, branches, looped) {
  if (looped || !branches.some((branch) => branch && refusesWithin(branch))) return;
  if (conjuncts(test).some((part) => isAbsent(search.world, module, scope, part))) return;
  if (conjuncts(test).some((part) => asksAnyone(search.world, module, scope, part))) {
    search.found.open = true;
    return;
  }
  if (search.strict && !asksWhoCalls(test)) return;
  search.found.guarded = true;
  readCondition(search, module, scope, test);
}

/** `!by()` where `by` is `() => true`: it says in the code that anyone may. */
function asksAnyone(world, module, scope, part) {
  const call = part?.type === 'UnaryExpression' && part.operator === '!' ? plain(part.argument) : undefined;
  const asked = call?.type === 'CallExpression' ? valueOf(world, module, scope, call.callee) : undefined;
  return asked?.node.type === 'ArrowFunctionExpression' && plain(asked.node.body)?.value === true;
}

function conjuncts(test) {
  const node = plain(test);
  return node?.type === 'LogicalExpression' && node.operator === '&&' ? [...conjuncts(node.left), ...conjuncts(node.right)] : [node];
}

function asksWhoCalls(test) {
  let asks = false;
  walk(test, (node) => {
    if (node.type === 'Identifier' && OF_CALLER.test(node.name)) asks = true;
    if (node.type === 'Literal' && OF_CALLER.test(String(node.value))) asks = true;
    if (node.type === 'MemberExpression' && /^(user|session|auth)$/.test(nameOf(node.property) ?? '')) {
      const owner = plain(node.object);
      if (REQUEST.test(owner?.name ?? nameOf(owner?.property) ?? '')) asks = true;
    }
    return !asks;
  });
  return asks;
}

function refuses(call) {
  const [first] = call.arguments;
  if (/^(status|sendStatus)$/.test(calledName(call) ?? '')) return first?.type === 'Literal' && (first.value === 401 || first.value === 403);
  return REFUSAL.test(calledName(call) ?? '');
}

function refusesWithin(node) {
  let seen = false;
  walk(node, (inner) => {
    if (inner.type === 'CallExpression' && refuses(inner)) seen = true;
    return !seen && !isFunction(inner);
  });
  return seen;
}

/** Permissions that a condition asks for, in its own words or in those of the functions, and of the SQL, that decide it. */
function readCondition(search, module, scope, test, depth = 0) {
  walk(test, (node) => {
    if (node.type === 'CallExpression') {
      if (ASK.test(calledName(node) ?? '')) addPermissions(search.found, node);
      const value = valueOf(search.world, module, scope, node.callee);
      if (isFunction(value?.node) && depth < 5) {
        readCondition(search, value.module, bind(search.world, value, node.arguments, module, scope), value.node.body, depth + 1);
      }
    }
    if (node.type === 'Literal' && node.value === 'may act') readRule(search, module, scope);
  });
}

/** A row that says itself whether the caller may act: the rule is the SQL of its operation, `source.can[rule].by`. */
function readRule(search, module, scope) {
  const rule = valueOf(search.world, module, scope, { type: 'Identifier', name: 'rule' });
  const by = rule && valueOf(search.world, rule.module, rule.scope, member(rule.node, 'by'));
  if (!by) return;
  walk(by.node, (node) => {
    const text = node.type === 'TemplateElement' ? node.value.cooked : node.type === 'Literal' ? String(node.value) : '';
    for (const [, parameter] of text.matchAll(/[:@$]((?:can|here)_\w+)/g)) {
      const permission = search.world.parameters.get(parameter);
      if (permission) search.found.permissions.add(permission);
    }
  });
}

function member(object, name) {
  return object.type === 'ObjectExpression' ? object.properties.find((item) => nameOf(item.key) === name)?.value : undefined;
}

function addPermissions(found, call) {
  for (const argument of call.arguments.map(plain)) {
    if (argument?.type === 'Literal' && typeof argument.value === 'string' && /^[a-z][\w-]*([.:][\w-]+)+$/.test(argument.value)) {
      found.permissions.add(argument.value);
    }
  }
}
