// The modules of one half of a project: what each imports, declares and exports, and how names lead from one to another.
import { dirname, join, normalize } from 'node:path/posix';
import { nameOf, parseFile, plain, walk } from './syntax.mjs';

const ENDINGS = ['', '.ts', '.tsx', '.js', '.jsx', '.mts', '.mjs', '.cts', '.cjs', '.d.ts', '.json'];

/** Parses scripts ({path: text}); `others` are paths of further files that an import may meet. */
export function readModules(parser, files, others) {
  const paths = new Set([...Object.keys(files), ...others]);
  const modules = new Map();
  for (const path of Object.keys(files).sort()) modules.set(path, readModule(parser, path, files[path], paths));
  return modules;
}

function readModule(parser, path, text, paths) {
  const module = {
    ...parseFile(parser, path, text),
    /** @type {{source: string, target: string|null, kind: string, line: number, column: number}[]} */
    edges: [],
    /** Local name → where it comes from. */
    imports: new Map(),
    /** Exported name → local name, or a name of another module. */
    exports: new Map(),
    exportsAll: [],
    /** Local name → function, class or the expression that a variable starts with. Top level wins over inner ones. */
    declared: new Map(),
  };
  if (module.errors.length > 0) return module;
  const link = (node, source, kind) => {
    const target = resolve(path, source, paths);
    module.edges.push({ source, target, kind, ...module.place(node.start) });
    return target;
  };
  walk(module.program, (node, ancestors) => readNode(module, node, ancestors.length, link));
  return module;
}

function readNode(module, node, depth, link) {
  switch (node.type) {
    case 'ImportDeclaration':
      readImport(module, node, link);
      return false;
    case 'ExportNamedDeclaration':
      readNamedExport(module, node, link);
      return true;
    case 'ExportAllDeclaration':
      module.exportsAll.push(link(node.source, node.source.value, node.exportKind === 'type' ? 'type' : 'reexport'));
      return true;
    case 'ExportDefaultDeclaration':
      module.exports.set('default', { local: node.declaration.id?.name ?? node.declaration.name ?? '*default*' });
      module.declared.set('*default*', node.declaration);
      return true;
    case 'ImportExpression':
      if (node.source.type === 'Literal') link(node.source, String(node.source.value), 'dynamic');
      return true;
    case 'TSImportType':
      if (node.source?.type === 'Literal') link(node.source, String(node.source.value), 'type');
      return true;
    case 'CallExpression':
      if (node.callee.type === 'Identifier' && node.callee.name === 'require' && node.arguments[0]?.type === 'Literal') {
        link(node.arguments[0], String(node.arguments[0].value), 'require');
      }
      return true;
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      if (node.id) declare(module, node.id.name, node, depth);
      return true;
    case 'VariableDeclarator':
      if (node.id.type === 'Identifier' && node.init) declare(module, node.id.name, plain(node.init), depth);
      return true;
    default:
      return true;
  }
}

/** Depth 3 is a variable of the module itself: program, (export,) declaration, declarator. */
function declare(module, name, node, depth) {
  const known = module.declared.get(name);
  if (!known || depth <= 3) module.declared.set(name, node);
}

function readImport(module, node, link) {
  const typesOnly = node.importKind === 'type' || (node.specifiers.length > 0 && node.specifiers.every((item) => item.importKind === 'type'));
  const target = link(node.source, node.source.value, typesOnly ? 'type' : 'static');
  for (const specifier of node.specifiers) {
    const imported =
      specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported) : specifier.type === 'ImportNamespaceSpecifier' ? '*' : 'default';
    module.imports.set(specifier.local.name, { source: node.source.value, target, imported });
  }
}

function readNamedExport(module, node, link) {
  const target = node.source ? link(node.source, node.source.value, node.exportKind === 'type' ? 'type' : 'reexport') : null;
  for (const specifier of node.specifiers) {
    const exported = nameOf(specifier.exported);
    module.exports.set(exported, target ? { target, imported: nameOf(specifier.local) } : { local: nameOf(specifier.local) });
  }
  const declaration = node.declaration;
  if (declaration?.id?.name) module.exports.set(declaration.id.name, { local: declaration.id.name });
  for (const declarator of declaration?.declarations ?? []) {
    if (declarator.id.type === 'Identifier') module.exports.set(declarator.id.name, { local: declarator.id.name });
  }
}

/** File behind a relative import, or null: for a package, or when there is none. */
function resolve(from, source, paths) {
  if (!source.startsWith('.')) return null;
  const wanted = normalize(join(dirname(from), source.replace(/[?#].*$/, '')));
  for (const ending of ENDINGS) if (paths.has(wanted + ending)) return wanted + ending;
  for (const ending of ENDINGS.slice(1)) if (paths.has(`${wanted}/index${ending}`)) return `${wanted}/index${ending}`;
  // TypeScript that is to be compiled names the file that will be there.
  const twin = wanted.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
  return paths.has(twin) ? twin : paths.has(`${twin}x`) ? `${twin}x` : null;
}

/** Follows a name to where it is declared: `{module, node, name}`, or undefined when it comes from a package. */
export function lookUp(modules, module, name, hops = 0) {
  if (hops > 12) return undefined;
  const imported = module.imports.get(name);
  if (imported) {
    const target = modules.get(imported.target);
    return target && imported.imported !== '*' ? exported(modules, target, imported.imported, hops + 1) : undefined;
  }
  const node = module.declared.get(name);
  if (node?.type === 'Identifier' && node.name !== name) return lookUp(modules, module, node.name, hops + 1);
  return node && { module, node, name };
}

function exported(modules, module, name, hops) {
  const found = module.exports.get(name);
  if (found?.local !== undefined) return lookUp(modules, module, found.local, hops + 1);
  if (found) {
    const target = modules.get(found.target);
    return target && exported(modules, target, found.imported, hops + 1);
  }
  for (const path of module.exportsAll) {
    const target = modules.get(path);
    const inner = target && hops < 12 ? exported(modules, target, name, hops + 1) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

/** Follows an expression (a name, or a member of a namespace or object) to its declaration. */
export function declarationOf(modules, module, expression) {
  const node = plain(expression);
  if (node?.type === 'Identifier') return lookUp(modules, module, node.name);
  if (node?.type !== 'MemberExpression' || node.computed) return undefined;
  const member = nameOf(node.property);
  const object = plain(node.object);
  if (object?.type !== 'Identifier') return undefined;
  const imported = module.imports.get(object.name);
  if (imported?.imported === '*') {
    const target = modules.get(imported.target);
    return target && exported(modules, target, member, 0);
  }
  const owner = lookUp(modules, module, object.name);
  const property = owner?.node.type === 'ObjectExpression' && owner.node.properties.find((item) => nameOf(item.key) === member);
  if (!property) return undefined;
  return property.shorthand ? lookUp(modules, owner.module, member) : { module: owner.module, node: plain(property.value), name: member };
}

/** Text that an expression always has; `hole(node)` names what is unknown in a template, or refuses it with undefined. */
export function textOf(modules, module, expression, hole = () => undefined, hops = 0) {
  const node = plain(expression);
  if (!node || hops > 8) return undefined;
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral') {
    let text = node.quasis[0].value.cooked;
    for (const [index, inner] of node.expressions.entries()) {
      const value = textOf(modules, module, inner, () => undefined, hops + 1) ?? hole(plain(inner));
      if (value === undefined) return undefined;
      text += value + node.quasis[index + 1].value.cooked;
    }
    return text;
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const [left, right] = [node.left, node.right].map((side) => textOf(modules, module, side, hole, hops + 1) ?? hole(plain(side)));
    return left === undefined || right === undefined ? undefined : left + right;
  }
  if (node.type === 'Identifier' || node.type === 'MemberExpression') {
    const found = declarationOf(modules, module, node);
    return found && found.node !== node ? textOf(modules, found.module, found.node, () => undefined, hops + 1) : undefined;
  }
  return undefined;
}

/** Modules that are reached from the given ones by imports that exist at run time. */
export function reachable(modules, entries) {
  const seen = new Set(entries.filter((path) => modules.has(path)));
  for (const path of seen) {
    for (const edge of modules.get(path).edges) {
      if (edge.kind !== 'type' && edge.target !== null && modules.has(edge.target)) seen.add(edge.target);
    }
  }
  return seen;
}
