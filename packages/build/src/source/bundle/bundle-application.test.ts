import { describe, expect, it } from 'vitest';
import { codeOf, runApplication, textOf } from '../../../testing/application-tools.ts';
import { bundle } from '../../../testing/bundle-fixture.ts';
import { recordingContext } from '../../../testing/layer-tools.ts';

const shop = (main: string) => ({ 'apps/shop/main.ts': main });

describe('a bundle', () => {
  it('has the project’s own files and the workspaces it imports, and leaves packages outside', async () => {
    const code = await codeOf(
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
    const files = shop(`import type { T } from 'tool'; console.log('x' satisfies T);`);
    expect(await codeOf(await bundle({ files }))).not.toContain('tool');
  });

  it('has a source map with paths relative to it, and points to it', async () => {
    const main = `import { fromLib } from 'lib';\nexport function shout(): string { return fromLib; }\nshout();`;
    const made = await bundle({ files: shop(main) });
    const { sources } = JSON.parse(await textOf(made, 'apps/shop/main.mjs.map')) as { sources: string[] };
    expect(sources.toSorted()).toEqual(['../../libs/lib/lib.ts', 'main.ts']);
    expect(await codeOf(made)).toMatch(/\n\/\/# sourceMappingURL=main\.mjs\.map\n$/);
    expect(await codeOf(made)).not.toContain('/tmp');
  });

  it('lies beside its entry, and is called like it', async () => {
    const files = { 'apps/shop/src/server.ts': `console.log('up');` };
    const made = await bundle({ files, app: { entry: 'src/server.ts' } });
    expect(made.entry).toBe('apps/shop/src/server.mjs');
    expect(made.files.map(({ path }) => path)).toEqual([
      'apps/shop/src/server.mjs',
      'apps/shop/src/server.mjs.map',
    ]);
    expect(await runApplication(made)).toBe('up\n');
  });

  it('has the text of what is imported as text', async () => {
    const files = {
      ...shop(`import sql from './schema.sql'; import page from './page.html'; import { version } from './package.json';
        import plain from './plain.xyz' with { type: 'text' }; console.log(sql, page, plain, version);`),
      'apps/shop/schema.sql': 'select 1',
      'apps/shop/page.html': '<p>',
      'apps/shop/plain.xyz': 'plain',
    };
    const made = await bundle({ files, manifest: { type: 'module', version: '1.2.3' } });
    expect(await runApplication(made)).toBe('select 1 <p> plain 1.2.3\n');
  });

  it('loads packages that CommonJS in it requires', async () => {
    const files = {
      ...shop(`import fromCommonJs from './old.cjs'; console.log(fromCommonJs);`),
      'apps/shop/old.cjs': `const { sep } = require('node:path'); module.exports = [sep, typeof require, require.resolve('node:fs')];`,
    };
    expect(await runApplication(await bundle({ files }))).toBe(`[ '/', 'function', 'node:fs' ]\n`);
  });

  it('leaves a workspace outside that is named to stay there, and is in the image', async () => {
    const files = shop(`import { fromLib } from 'lib'; console.log(fromLib);`);
    const code = await codeOf(await bundle({ files, app: { external: ['lib'] } }));
    expect(code).toContain(`import { fromLib } from "lib"`);
    expect(code).not.toContain('the library');
  });

  it('is told of where its source is odd', async () => {
    const { ctx, warnings } = recordingContext();
    const files = shop(`export const dep = import.meta.resolve('dep');`);
    await bundle({ files, manifest: { type: 'commonjs' }, ctx });
    expect(warnings).toEqual([expect.stringMatching(/^main\.ts:1:\d+: "import\.meta" is not available/)]);
  });

  it('is the same wherever the project lies', async () => {
    const files = shop(`import { fromLib } from 'lib'; console.log(fromLib, import.meta.url);`);
    const whole = async () => {
      const made = await bundle({ files });
      return made.files.map(({ path, sha256 }) => [path, sha256]);
    };
    expect(await whole()).toEqual(await whole());
  });
});

describe('what a bundle is by its kind of module', () => {
  const esm = `import dep from 'dep'; console.log(dep);`;
  const cjs = `const dep = require('dep'); console.log(dep);`;

  it.each([
    ['main.ts', { type: 'module' }, esm, 'mjs'],
    ['main.ts', { type: 'commonjs' }, esm, 'cjs'],
    ['main.mts', { type: 'commonjs' }, esm, 'mjs'],
    ['main.cts', { type: 'module' }, esm, 'cjs'],
    ['main.js', { type: 'module' }, esm, 'mjs'],
    ['main.js', {}, esm, 'mjs'],
    ['main.js', {}, cjs, 'cjs'],
    ['main.ts', {}, `${esm} await 1;`, 'mjs'],
    ['main.ts', {}, 'console.log(import.meta.dirname)', 'mjs'],
    ['main.ts', {}, `import type { T } from 'dep'; console.log(1 satisfies T);`, 'mjs'],
    ['main.ts', {}, cjs, 'cjs'],
    ['main.ts', {}, 'console.log(1)', 'cjs'],
  ])('of %s with %j: %s → %s', async (entry, manifest, source, extension) => {
    const made = await bundle({ files: { [`apps/shop/${entry}`]: source }, manifest, app: { entry } });
    expect(made.entry).toBe(`apps/shop/main.${extension}`);
    if (source.startsWith(esm))
      expect(await codeOf(made)).toContain(extension === 'mjs' ? `import dep from "dep"` : `require("dep")`);
  });

  it.each([
    ['commonjs', 'cjs'],
    ['NodeNext', 'cjs'],
    ['esnext', 'mjs'],
    ['preserve', 'mjs'],
  ])('of TypeScript that is compiled with module %s → %s', async (module, extension) => {
    const files = {
      ...shop(esm),
      'apps/shop/tsconfig.json': { extends: '../../tsconfig.base.json' },
      'tsconfig.base.json': { compilerOptions: { module } },
    };
    expect((await bundle({ files, manifest: {} })).entry).toBe(`apps/shop/main.${extension}`);
  });
});

describe('what tsconfig.json says to a bundle', () => {
  const tsconfig = (compilerOptions: object) => ({
    'apps/shop/tsconfig.json': { extends: '../../tsconfig.base.json' },
    'tsconfig.base.json': { compilerOptions },
  });

  it('about paths holds, also where a package has such a name', async () => {
    const files = {
      ...shop(
        `import { a } from '@/a'; import { b } from 'dep'; import c from '@s/dep'; console.log(a, b, c);`,
      ),
      'apps/shop/src/a.ts': `export const a = 'mapped a';`,
      'apps/shop/src/b.ts': `export const b = 'mapped b';`,
      'apps/shop/tsconfig.json': {
        compilerOptions: { paths: { '@/*': ['./src/*'], dep: ['./src/b.ts'], '*': ['./types/*'] } },
      },
    };
    const code = await codeOf(await bundle({ files }));
    expect(code).toContain('mapped a');
    expect(code).toContain('mapped b');
    expect(code).toContain(`import c from "@s/dep"`);
    expect(code).not.toContain('inside');
  });

  it('about JSX holds', async () => {
    const files = {
      'apps/shop/main.tsx': `const h = (...args: unknown[]) => JSON.stringify(args); console.log(<p id="1">x</p>);`,
      ...tsconfig({ jsx: 'react', jsxFactory: 'h' }),
    };
    const made = await bundle({ files, app: { entry: 'main.tsx' } });
    expect(await runApplication(made)).toBe('["p",{"id":"1"},"x"]\n');
  });

  const decorated = shop(`const log = (_: unknown, name: unknown) => console.log(typeof name);
    class Shop {
      @log
      open() {}
    }
    new Shop();`);

  it('about decorators holds', async () => {
    expect(await runApplication(await bundle({ files: decorated }))).toBe('object\n');
    const files = { ...decorated, ...tsconfig({ experimentalDecorators: true }) };
    expect(await runApplication(await bundle({ files }))).toBe('string\n');
  });

  it('about metadata of decorators cannot hold, and is refused', async () => {
    const options = tsconfig({ experimentalDecorators: true, emitDecoratorMetadata: true });
    await expect(bundle({ files: { ...decorated, ...options } })).rejects.toMatchObject({
      code: 'CATA_DECORATOR_METADATA',
      message: expect.stringMatching(/^"main\.ts" has decorators, and ".*\/apps\/shop\/tsconfig\.json"/),
    });
    const plain = shop(`/**\n @param a nothing */\nconsole.log('no decorators');`);
    await expect(bundle({ files: { ...plain, ...options } })).resolves.toBeDefined();
  });
});

describe('a bundle is refused', () => {
  it('with a dependency of development', async () => {
    await expect(bundle({ files: shop(`import tool from 'tool'; tool();`) })).rejects.toMatchObject({
      code: 'CATA_IMPORT_NOT_PRODUCTION',
      message: expect.stringContaining('"apps/shop/main.ts" imports "tool"'),
    });
  });

  it('with a version that the application would not get', async () => {
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

  it('with something outside that the image does not have', async () => {
    const files = shop(`import maybe from 'maybe-there'; console.log(maybe);`);
    await expect(bundle({ files, app: { external: ['maybe-there'] } })).rejects.toMatchObject({
      code: 'CATA_EXTERNAL_MISSING',
      message: expect.stringContaining('"apps/shop/main.ts" imports "maybe-there"'),
    });
  });

  it('with what is no TypeScript, and says where', async () => {
    await expect(bundle({ files: shop(`const a = 1;\nconst b = ;`) })).rejects.toMatchObject({
      code: 'CATA_BUNDLE_FAILED',
      message: expect.stringContaining('main.ts:2:11: '),
    });
  });

  it('with a tsconfig.json that is none', async () => {
    const files = { ...shop('console.log(1)'), 'apps/shop/tsconfig.json': '{ "extends": "./nowhere.json" ' };
    await expect(bundle({ files })).rejects.toMatchObject({ code: 'CATA_BUNDLE_FAILED' });
  });

  it.each(['./nothing.ts', 'nowhere-to-be-found'])('with an import of %s', async (path) => {
    await expect(bundle({ files: shop(`import '${path}';`) })).rejects.toMatchObject({
      code: 'CATA_BUNDLE_FAILED',
      message: expect.stringContaining(`main.ts:1:8: Could not resolve "${path}"`),
    });
  });
});
