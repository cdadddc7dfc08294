// What a front end asks of its server, and the pages that it has: read from the code alone.
import { declarationOf, textOf } from './modules.mjs';
import { openApiPath } from './routes.mjs';
import { calledName, childrenOf, isTest, nameOf, plain, propertyOf, walk } from './syntax.mjs';

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head']);

/** Calls to the server: `{method, path, source, line}`; a path has the form of OpenAPI. */
export function callsOf(modules) {
  const base = baseAddress(modules);
  const calls = [];
  for (const module of modules.values()) {
    if (!module.program || isTest(module.path)) continue;
    walk(module.program, (node, ancestors) => {
      const call = callAt(modules, module, node, ancestors);
      if (!call) return;
      for (const path of spread(modules, call.path)) {
        const full = /^\/api(\/|$)/.test(path) ? path : `${base}/${path}`;
        calls.push({ method: call.method.toUpperCase(), path: openApiPath(full), source: module.path, line: module.place(node.start).line });
      }
    });
  }
  return calls;
}

/** `baseURL` of the client that all calls go through. */
function baseAddress(modules) {
  let base = '';
  for (const module of modules.values()) {
    if (!module.program || isTest(module.path)) continue;
    walk(module.program, (node) => {
      if (node.type !== 'CallExpression') return;
      const name = calledName(node);
      if (name !== 'create' && name !== 'fetchBaseQuery') return;
      const value = propertyOf(node.arguments[0], 'baseURL') ?? propertyOf(node.arguments[0], 'baseUrl');
      const text = value && textOf(modules, module, value);
      if (text?.startsWith('/')) base = text.replace(/\/$/, '');
    });
  }
  return base;
}

function callAt(modules, module, node, ancestors) {
  if (node.type === 'ObjectExpression') return requestObject(modules, module, node, ancestors);
  if (node.type !== 'CallExpression') return undefined;
  const callee = plain(node.callee);
  const path = node.arguments[0] && address(modules, module, node.arguments[0]);
  if (callee?.type === 'Identifier' && callee.name === 'fetch' && path !== undefined) {
    const method = textOf(modules, module, propertyOf(plain(node.arguments[1]), 'method'));
    return { method: method ?? 'GET', path };
  }
  if (callee?.type !== 'MemberExpression' || !METHODS.has(nameOf(callee.property)) || path === undefined) return undefined;
  return isClient(modules, module, callee.object) ? { method: nameOf(callee.property), path } : undefined;
}

/** `axios`, or what `axios.create()` gave. */
function isClient(modules, module, expression) {
  const node = plain(expression);
  if (node?.type !== 'Identifier') return false;
  if (module.imports.get(node.name)?.source === 'axios') return true;
  const made = declarationOf(modules, module, node)?.node;
  return made?.type === 'CallExpression' && calledName(made) === 'create';
}

/** `{ url, method }`, as RTK Query's `query` gives it and a client's `request` takes it; and a `query` that gives the address alone. */
function requestObject(modules, module, node, ancestors) {
  const url = propertyOf(node, 'url');
  if (url) {
    const path = address(modules, module, url);
    const method = propertyOf(node, 'method');
    if (path === undefined || !isRequest(ancestors)) return undefined;
    return { method: (method && textOf(modules, module, method)) ?? 'GET', path };
  }
  const query = plain(propertyOf(node, 'query'));
  const path = query?.type === 'ArrowFunctionExpression' ? address(modules, module, query.body) : undefined;
  const builder = plain(ancestors.at(-1));
  return path !== undefined && builder?.type === 'CallExpression' ? { method: calledName(builder) === 'mutation' ? 'POST' : 'GET', path } : undefined;
}

function isRequest(ancestors) {
  return ancestors.some(
    (node) =>
      (node.type === 'Property' && /^(query|queryFn)$/.test(nameOf(node.key) ?? '')) ||
      (node.type === 'CallExpression' && /^(request|axios|client|baseQuery|fetchWithBQ|get|post)$/.test(calledName(node) ?? '')),
  );
}

function address(modules, module, expression) {
  const text = textOf(modules, module, expression, holeName);
  return text?.startsWith('/') && !text.startsWith('//') ? text.replace(/\?.*$/, '') : undefined;
}

/** A value inside an address is a parameter; it is called as the code calls it. */
function holeName(node) {
  if (node?.type === 'Identifier') return `{${node.name}}`;
  if (node?.type === 'MemberExpression' && !node.computed) return `{${nameOf(node.property)}}`;
  if (node?.type === 'CallExpression') return node.arguments[0] ? holeName(plain(node.arguments[0])) : undefined;
  return undefined;
}

/** A parameter that stands for a collection is written out for every value which the code gives to something of that name. */
function spread(modules, path) {
  const [, name] = /^\/(?:api\/)?\{(\w+)\}/.exec(path) ?? [];
  if (name === undefined) return [path];
  const values = new Set();
  for (const module of modules.values()) {
    if (!module.program || isTest(module.path)) continue;
    walk(module.program, (node) => {
      const named = (node.type === 'Property' && nameOf(node.key) === name) || (node.type === 'JSXAttribute' && node.name.name === name);
      const value = named ? plain(node.value?.type === 'JSXExpressionContainer' ? node.value.expression : node.value) : undefined;
      if (value?.type === 'Literal' && typeof value.value === 'string') values.add(value.value);
    });
  }
  return values.size > 0 ? [...values].sort().map((value) => path.replace(`{${name}}`, value)) : [];
}

/** Addresses of pages, as the router has them: `/users/:id`. */
export function pagesOf(modules) {
  const pages = [];
  for (const module of modules.values()) {
    if (module.program && !isTest(module.path)) pagesBelow(modules, module, module.program, '', pages);
  }
  return pages;
}

function pagesBelow(modules, module, node, prefix, pages) {
  let inner = prefix;
  const page = pageAt(modules, module, node);
  if (page !== undefined) {
    inner = page.path.startsWith('/') ? page.path : `${prefix}/${page.path}`.replace(/\/{2,}/g, '/');
    if (page.shown) pages.push({ path: inner.replace(/(.)\/$/, '$1') || '/', source: module.path });
  }
  for (const child of childrenOf(node)) pagesBelow(modules, module, child, inner, pages);
}

function pageAt(modules, module, node) {
  if (node.type === 'ObjectExpression') {
    const path = propertyOf(node, 'path');
    const text = path && textOf(modules, module, path);
    const shown = ['load', 'lazy', 'element', 'Component', 'component'].some((name) => propertyOf(node, name));
    return text !== undefined && (shown || propertyOf(node, 'children')) ? { path: text, shown } : undefined;
  }
  if (node.type !== 'JSXElement' || node.openingElement.name.name !== 'Route') return undefined;
  const value = (name) => node.openingElement.attributes.find((item) => item.name?.name === name)?.value;
  const path = value('path');
  const text = path && textOf(modules, module, path.type === 'JSXExpressionContainer' ? path.expression : path);
  return text === undefined ? undefined : { path: text, shown: Boolean(value('element') ?? value('Component') ?? value('lazy')) };
}
