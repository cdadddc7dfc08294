// A little evaluation: which object, function or text an expression stands for, through parameters that are known.
//
// A value is `{module, scope, node}`: a node and the parameters that were bound around it. A scope is a map from the name of a
// parameter to its value, or to null when nothing was given for it.
import { declarationOf } from './modules.mjs';
import { isFunction, nameOf, plain, walk } from './syntax.mjs';

const NOTHING = new Map();

export function valueOf(world, module, scope, expression, hops = 0) {
  const node = plain(expression);
  if (!node || hops > 12) return undefined;
  if (node.type === 'Identifier') {
    if (scope.has(node.name)) return scope.get(node.name) ?? undefined;
    const taken = takenApart(module).get(node.name);
    if (taken) return memberOf(world, valueOf(world, module, scope, taken.from, hops + 1), taken.key, hops + 1);
    const found = declarationOf(world.modules, module, node);
    if (!found || found.node === node) return undefined;
    const inner = found.module === module ? scope : NOTHING;
    return isFunction(found.node) ? { module: found.module, scope: inner, node: found.node } : valueOf(world, found.module, inner, found.node, hops + 1);
  }
  if (node.type === 'MemberExpression') {
    const key = node.computed ? textValue(world, module, scope, node.property, hops + 1) : nameOf(node.property);
    const owner = valueOf(world, module, scope, node.object, hops + 1);
    if (owner) return memberOf(world, owner, key, hops + 1);
    const found = node.computed ? undefined : declarationOf(world.modules, module, node);
    return found && { module: found.module, scope: NOTHING, node: found.node };
  }
  return { module, scope, node };
}

/** Member of an object literal; undefined when it has none of that name, or is no object literal. */
function memberOf(world, owner, key, hops) {
  if (key === undefined || owner?.node.type !== 'ObjectExpression') return undefined;
  for (const item of owner.node.properties.toReversed()) {
    if (item.type === 'SpreadElement') {
      const inner = memberOf(world, valueOf(world, owner.module, owner.scope, item.argument, hops + 1), key, hops + 1);
      if (inner) return inner;
    } else if (!item.computed && nameOf(item.key) === key) {
      return valueOf(world, owner.module, owner.scope, item.value, hops + 1) ?? { ...owner, node: item.value };
    }
  }
  return undefined;
}

function textValue(world, module, scope, expression, hops) {
  const value = valueOf(world, module, scope, expression, hops);
  return value?.node.type === 'Literal' && typeof value.node.value === 'string' ? value.node.value : undefined;
}

/** Whether an expression asks for a member that the object given for a parameter does not have: `options.by` without `by`. */
export function isAbsent(world, module, scope, expression) {
  const node = plain(expression);
  if (node?.type === 'Identifier') return scope.get(node.name) === null;
  if (node?.type !== 'MemberExpression' || node.computed) return false;
  const owner = valueOf(world, module, scope, node.object);
  return owner?.node.type === 'ObjectExpression' && memberOf(world, owner, nameOf(node.property), 0) === undefined;
}

/** The scope in which a function's body is read when it is called with these arguments. */
export function bind(world, value, given, module, scope) {
  const bound = new Map(value.scope);
  for (const [index, parameter] of value.node.params.entries()) {
    const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    const argument = given[index] && given[index].type !== 'SpreadElement' ? valueOf(world, module, scope, given[index]) ?? { module, scope, node: given[index] } : null;
    if (target.type === 'Identifier') bound.set(target.name, argument);
    if (target.type !== 'ObjectPattern') continue;
    for (const item of target.properties) {
      const key = item.type === 'Property' ? nameOf(item.key) : undefined;
      const local = item.value?.type === 'AssignmentPattern' ? item.value.left.name : item.value?.name;
      if (key && local) bound.set(local, memberOf(world, argument, key, 0) ?? null);
    }
  }
  return bound;
}

/** Names that a module takes out of objects: `const { source } = common`. */
function takenApart(module) {
  if (module.taken) return module.taken;
  module.taken = new Map();
  walk(module.program, (node) => {
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'ObjectPattern' || !node.init) return;
    for (const item of node.id.properties) {
      if (item.type === 'Property' && item.value.type === 'Identifier') module.taken.set(item.value.name, { from: node.init, key: nameOf(item.key) });
    }
  });
  return module.taken;
}
