// The routes that a back end registers on Express, with what stands before each: read from the code alone.
import { declarationOf, reachable, textOf } from './modules.mjs';
import { guardsOf, permissionParameters } from './guards.mjs';
import { calledName, isFunction, isTest, nameOf, plain, walk } from './syntax.mjs';

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);
const ENTRIES = /(^|\/)(src\/)?(main|index|server|app|features\/index)\.[cm]?[jt]s$/;

/** All routes that are reached from an entry of the half: `{method, path, permissions, guarded, open, source, line, column}`. */
export function routesOf(modules) {
  const entries = [...modules.keys()].filter((path) => ENTRIES.test(path) && !isTest(path));
  const live = reachable(modules, entries);
  const routers = new Map();
  const world = { modules, routers, parameters: permissionParameters(modules), anyPrefixes: [] };
  for (const path of live) {
    if (!isTest(path)) findRouters(world, modules.get(path));
  }
  for (const path of live) {
    if (!isTest(path)) readRegistrations(world, modules.get(path));
  }
  return [...routers.values()].flatMap((router) => routesOfRouter(world, router));
}

/** A router is what `Router()` or `express()` gives, and a parameter that is typed or named as one. */
function findRouters(world, module) {
  const add = (node, name, kind) => {
    const router = { module, name, kind, entries: [], mounts: [] };
    world.routers.set(node, router);
    return router;
  };
  module.routerNames = new Map();
  walk(module.program, (node) => {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init) {
      const made = plain(node.init);
      const name = made?.type === 'CallExpression' ? calledName(made) : undefined;
      if (name === 'Router' || name === 'express') {
        module.routerNames.set(node.id.name, add(made, node.id.name, name === 'express' ? 'app' : 'router'));
      }
    }
    if (!isFunction(node)) return;
    for (const parameter of node.params) {
      const type = parameter.typeAnnotation?.typeAnnotation?.typeName?.name;
      const named = parameter.type === 'Identifier' && !type && /^(app|router)$/.test(parameter.name);
      if (parameter.type !== 'Identifier' || !(named || /^(Express|Application|Router|IRouter)$/.test(type ?? ''))) continue;
      if (!module.routerNames.has(parameter.name)) {
        module.routerNames.set(parameter.name, add(parameter, parameter.name, 'app'));
      }
    }
  });
}

function routerOf(world, module, expression) {
  const node = plain(expression);
  if (node?.type !== 'Identifier' && node?.type !== 'MemberExpression') return undefined;
  if (node.type === 'Identifier' && module.routerNames?.has(node.name)) return module.routerNames.get(node.name);
  const found = declarationOf(world.modules, module, node);
  return found && (world.routers.get(found.node) ?? found.module.routerNames?.get(found.name));
}

function readRegistrations(world, module) {
  walk(module.program, (node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return;
    const method = nameOf(node.callee.property);
    if (method === undefined) return;
    const chained = routeChain(world, module, node.callee.object);
    const router = chained?.router ?? routerOf(world, module, node.callee.object);
    if (!router) return;
    const place = { source: module.path, ...module.place(node.callee.property.start) };
    if (METHODS.has(method) && (chained || node.arguments.length > 1)) {
      const path = chained ? chained.path : textOf(world.modules, module, node.arguments[0]);
      const handlers = chained ? node.arguments : node.arguments.slice(1);
      if (path !== undefined) router.entries.push({ kind: 'route', method: method.toUpperCase(), path, handlers, module, ...place });
    } else if (method === 'use') readUse(world, module, router, node.arguments);
  });
}

/** `router.route('/x').get(…).post(…)`. */
function routeChain(world, module, expression) {
  let node = plain(expression);
  while (node?.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
    if (nameOf(node.callee.property) === 'route') {
      const router = routerOf(world, module, node.callee.object);
      const path = textOf(world.modules, module, node.arguments[0]);
      return router && path !== undefined ? { router, path } : undefined;
    }
    node = plain(node.callee.object);
  }
  return undefined;
}

function readUse(world, module, router, given) {
  const first = given[0] && textOf(world.modules, module, given[0]);
  const prefix = first ?? '';
  const rest = first === undefined ? given : given.slice(1);
  const before = [];
  for (const argument of rest.flatMap((item) => (item.type === 'ArrayExpression' ? item.elements : [item]))) {
    const inner = argument && (argument.type === 'SpreadElement' ? undefined : routerOf(world, module, argument));
    if (inner) inner.mounts.push({ router, prefix, before: [...before], module });
    else if (argument && (argument.type === 'SpreadElement' || isLoopVariable(module, argument))) world.anyPrefixes.push({ router, prefix, before: [...before], module });
    else if (argument) before.push(argument);
  }
  if (before.length > 0 && first === undefined) router.entries.push({ kind: 'use', handlers: before, module });
}

/** `for (const router of routers) app.use(router)`: mounts every router that nothing else mounts. */
function isLoopVariable(module, argument) {
  const node = plain(argument);
  if (node?.type !== 'Identifier' || module.imports.has(node.name) || module.declared.has(node.name)) return false;
  let loops = false;
  walk(module.program, (inner) => {
    if (inner.type === 'ForOfStatement' && inner.left.declarations?.[0]?.id?.name === node.name) loops = true;
    if (isFunction(inner) && inner.params.some((item) => item.name === node.name) && /router/i.test(node.name)) loops = true;
    return !loops;
  });
  return loops;
}

function routesOfRouter(world, router) {
  const routes = [];
  const before = [];
  for (const entry of router.entries) {
    if (entry.kind === 'use') {
      before.push(...entry.handlers.map((node) => ({ node, module: entry.module })));
      continue;
    }
    const own = [...before, ...entry.handlers.map((node) => ({ node, module: entry.module }))];
    for (const mount of mountsOf(world, router, new Set())) {
      const guards = guardsOf(world, [...mount.before, ...own]);
      const path = openApiPath(`${mount.prefix}/${entry.path}`);
      routes.push({ method: entry.method, path, ...guards, source: entry.source, line: entry.line, column: entry.column });
    }
  }
  return routes;
}

/** Prefixes under which a router stands, with the middleware before it. */
function mountsOf(world, router, seen) {
  if (router.kind === 'app' || seen.has(router)) return [{ prefix: '', before: [] }];
  seen.add(router);
  const mounts = router.mounts.length > 0 ? router.mounts : world.anyPrefixes.slice(0, 1);
  return mounts.flatMap((mount) => {
    const own = mount.before.map((node) => ({ node, module: mount.module }));
    return mountsOf(world, mount.router, seen).map((outer) => ({
      prefix: `${outer.prefix}/${mount.prefix}`,
      before: [...outer.before, ...usesOf(mount.router), ...own],
    }));
  });
}

function usesOf(router) {
  return router.entries.filter((entry) => entry.kind === 'use').flatMap((entry) => entry.handlers.map((node) => ({ node, module: entry.module })));
}

export function openApiPath(path) {
  const clean = `/${path}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
  return clean.replace(/[:*]([A-Za-z_]\w*)/g, '{$1}');
}

