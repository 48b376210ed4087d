import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockfileOf } from '../../testing/lockfile-of.ts';
import { nodeProject } from '../../testing/node-project.ts';
import { targetOf } from '../../testing/target-of.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';
import type { DependencySource } from '../dependencies/dependency-source.ts';
import { resolveImport } from '../dependencies/resolve-import.ts';
import { noInputs } from '../inputs/input-log.ts';
import type { LockedPackage } from '../npm/lockfile.ts';
import { productionClosure } from '../npm/production-closure.ts';
import type { Application } from './application.ts';
import { bundleApplication } from './bundle-application.ts';

const packages: Readonly<Record<string, LockedPackage>> = {
  'apps/shop': { dependencies: { dep: '1', '@s/dep': '1', lib: '*' }, devDependencies: { tool: '1' } },
  'libs/lib': { dependencies: { dep: '1', other: '1' } },
  'node_modules/dep': {},
  'node_modules/@s/dep': {},
  'node_modules/other': {},
  'node_modules/tool': {},
  'node_modules/lib': { link: true, resolved: 'libs/lib' },
};
const lib = {
  'package.json': { name: 'lib', type: 'module', exports: { source: './lib.ts', default: './dist.js' } },
};

interface Fixture {
  readonly files: Readonly<Record<string, unknown>>;
  readonly locked?: typeof packages;
  readonly entry?: string;
  readonly type?: string;
}

/** Bundles apps/shop of a workspace in which every dependency is installed, so that esbuild could bundle it. */
async function bundle({
  files,
  locked = {},
  entry = 'main.ts',
  type = 'module',
}: Fixture): Promise<Application> {
  const root = writeFiles(temporaryFolder(), {
    'apps/shop/package.json': { name: 'shop', type },
    'libs/lib/package.json': lib['package.json'],
    'libs/lib/lib.ts': `export const fromLib: string = 'the library';`,
    ...files,
  });
  const all = { ...packages, ...locked };
  for (const [location, { link }] of Object.entries(all)) {
    if (!location.includes('node_modules/') || link) continue;
    const index = `export default 'inside ${location}';`;
    writeFiles(root, { [`${location}/package.json`]: { type: 'module' }, [`${location}/index.js`]: index });
  }
  symlinkSync('../libs/lib', join(root, 'node_modules/lib'));
  const lockfile = lockfileOf(all, 'apps/shop', root);
  const closure = productionClosure(lockfile, targetOf('linux/amd64'));
  const dependencies: DependencySource = {
    root,
    workspace: 'apps/shop',
    layers: async () => [],
    resolveImport: (importer, name) => resolveImport(lockfile, closure, importer, name),
  };
  return bundleApplication(nodeProject(join(root, 'apps/shop'), { entry }), dependencies, noInputs);
}

const contentOf = (made: Application, name: string) =>
  Buffer.from(made.files.find(({ path }) => path === name)?.content ?? '').toString('utf8');
const codeOf = (made: Application) => contentOf(made, made.entry);
const shop = (main: string) => ({ 'apps/shop/main.ts': main });

describe('bundleApplication', () => {
  it('has the project’s own files and the workspaces it imports, and leaves packages outside', async () => {
    const code = codeOf(
      await bundle({
        files: {
          ...shop(`import { own } from './own.ts'; import { fromLib } from 'lib'; import dep from 'dep';
            import scoped from '@s/dep/sub.js'; import { readFile } from 'node:fs'; import path from 'path';
            console.log(own, fromLib, dep, scoped, readFile, path, await import('dep'));`),
          'apps/shop/own.ts': `export const own: string = 'my own';`,
        },
      }),
    );
    expect(code).toContain('my own');
    expect(code).toContain('the library');
    expect(code).not.toContain('inside');
    expect(code).toContain(`import dep from "dep"`);
    expect(code).toContain(`import scoped from "@s/dep/sub.js"`);
    expect(code).toContain(`await import("dep")`);
    expect(code).toContain(`from "node:fs"`);
  });

  it('leaves out imports of types, wherever they come from', async () => {
    const code = codeOf(
      await bundle({ files: shop(`import type { T } from 'tool'; console.log('x' satisfies T);`) }),
    );
    expect(code).not.toContain('tool');
  });

  it('has a source map with paths relative to the project, and points to it', async () => {
    const made = await bundle({
      files: shop(
        `import { fromLib } from 'lib';\nexport function shout(): string { return fromLib; }\nshout();`,
      ),
    });
    const { sources } = JSON.parse(contentOf(made, 'main.mjs.map')) as { sources: string[] };
    expect(sources.toSorted()).toEqual(['../../libs/lib/lib.ts', 'main.ts']);
    expect(codeOf(made)).toMatch(/\n\/\/# sourceMappingURL=main\.mjs\.map\n$/);
    expect(codeOf(made)).not.toContain('/tmp');
  });

  it.each([
    ['main.ts', 'module', 'main.mjs'],
    ['main.ts', 'commonjs', 'main.cjs'],
    ['main.mts', 'commonjs', 'main.mjs'],
    ['main.cts', 'module', 'main.cjs'],
    ['main.js', 'module', 'main.mjs'],
  ])('of %s in a project of type %s is %s', async (entry, type, fileName) => {
    const files = { [`apps/shop/${entry}`]: `import dep from 'dep'; console.log(dep);` };
    const made = await bundle({ files, entry, type });
    expect(made.entry).toBe(fileName);
    expect(codeOf(made)).toContain(fileName === 'main.mjs' ? `import dep from "dep"` : `require("dep")`);
  });

  it('is the same wherever the project lies', async () => {
    const files = shop(`import { fromLib } from 'lib'; console.log(fromLib);`);
    expect(await bundle({ files })).toEqual(await bundle({ files }));
  });
});

describe('bundleApplication refuses', () => {
  it('a dependency of development', async () => {
    await expect(bundle({ files: shop(`import tool from 'tool'; tool();`) })).rejects.toMatchObject({
      code: 'CATA_IMPORT_NOT_PRODUCTION',
      message: expect.stringContaining('"apps/shop/main.ts" imports "tool"'),
    });
  });

  it('a version that the application would not get', async () => {
    const locked = { 'libs/lib/node_modules/dep': { version: '2.0.0' } };
    const files = {
      ...shop(`import { fromLib } from 'lib'; console.log(fromLib);`),
      'libs/lib/lib.ts': `import dep from 'dep'; export const fromLib = dep;`,
    };
    await expect(bundle({ files, locked })).rejects.toMatchObject({
      code: 'CATA_IMPORT_AMBIGUOUS',
      message: expect.stringMatching(/"libs\/lib\/lib\.ts" needs another version of "dep"/),
    });
    await expect(bundle({ files })).resolves.toBeDefined();
  });

  it('source that is no TypeScript, and says where', async () => {
    await expect(bundle({ files: shop(`const a = 1;\nconst = 2;`) })).rejects.toMatchObject({
      code: 'CATA_BUNDLE_FAILED',
      message: expect.stringContaining('main.ts:2:7: '),
    });
  });

  it.each(['./nothing.ts', 'nowhere-to-be-found'])('an import of %s', async (path) => {
    await expect(bundle({ files: shop(`import '${path}';`) })).rejects.toMatchObject({
      code: 'CATA_BUNDLE_FAILED',
      message: expect.stringContaining(`main.ts:1:8: Could not resolve "${path}"`),
    });
  });
});
