// Runs one module of functions for a parent that speaks lines of JSON: {id, method, params} in, {id, result | error} out.
// Bare imports of the module (and of what it loads) come from the toolchain, wherever the module itself lies.
import { flushCompileCache, registerHooks } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [modulePath, toolchain] = process.argv.slice(2);
const parentURL = pathToFileURL(`${toolchain}/package.json`).href;
registerHooks({
  resolve(specifier, context, next) {
    const bare = !/^(\.|\/|[a-z]+:)/.test(specifier);
    const fromToolchain = context.parentURL?.includes('/node_modules/');
    return next(specifier, bare && !fromToolchain ? { ...context, parentURL } : context);
  },
});

// Standard output belongs to the protocol; what libraries print goes to standard error.
const answer = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

const methods = await import(pathToFileURL(modulePath).href);

let kept = false;

/** Keeps what was compiled, once, as the parent ends this process without a word. */
function keepCompiled() {
  if (!kept) setImmediate(flushCompileCache);
  kept = true;
}

async function serve(line) {
  const { id, method, params } = JSON.parse(line);
  try {
    if (!Object.hasOwn(methods, method)) throw new Error(`no method ${method}`);
    answer(`${JSON.stringify({ id, result: await methods[method](params) })}\n`);
  } catch (error) {
    answer(`${JSON.stringify({ id, error: error instanceof Error ? error.message : String(error) })}\n`);
  }
  keepCompiled();
}

createInterface({ input: process.stdin, crlfDelay: Infinity })
  .on('line', serve)
  .on('close', () => process.exit(0));
