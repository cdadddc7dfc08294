// Reads the scripts of one half of a project, without running any of them.
import { parseSync } from 'rolldown/utils';
import { readModules } from './modules.mjs';
import { codeLines, complexities, copies } from './metrics.mjs';
import { callsOf, pagesOf } from './pages.mjs';
import { routesOf } from './routes.mjs';
import { joinedStatements } from './statements.mjs';
import { isTest, walk } from './syntax.mjs';

const parser = { parseSync };

/** `files` is {path: text} of the scripts of one half; `others` are the paths of its other files. */
export function analyse({ files, others }) {
  const all = readModules(parser, files, others);
  const modules = new Map([...all].filter(([, module]) => module.errors.length === 0));
  const copied = copies(modules);
  return {
    modules: [...all.values()].map((module) => ({
      path: module.path,
      test: isTest(module.path),
      errors: module.errors,
      imports: module.edges,
      lines: module.text.split('\n').length,
      code_lines: module.errors.length > 0 ? 0 : codeLines(module),
      functions: module.errors.length > 0 ? [] : complexities(module),
      remarks: module.errors.length > 0 ? [] : remarksOf(module),
    })),
    copied_lines: copied.lines,
    copied_blocks: copied.blocks.map(({ last, ...block }) => block),
    routes: routesOf(modules),
    calls: callsOf(modules),
    pages: pagesOf(modules),
    statements: joinedStatements(modules),
  };
}

/** Comments, and texts in code: what a person wrote in words. */
function remarksOf(module) {
  const remarks = module.comments.map((comment) => ({ kind: 'comment', text: comment.value, ...module.place(comment.start) }));
  walk(module.program, (node) => {
    const text = node.type === 'Literal' ? node.value : node.type === 'TemplateElement' ? node.value.cooked : node.type === 'JSXText' ? node.value : undefined;
    if (typeof text === 'string' && text.length > 3 && /\s/.test(text.trim())) remarks.push({ kind: 'text', text, ...module.place(node.start) });
  });
  return remarks;
}

/** A trivial call that starts the worker and its parser. */
export function warm() {
  return parser.parseSync('a.ts', 'const a: number = 1;', {}).errors.length === 0;
}
