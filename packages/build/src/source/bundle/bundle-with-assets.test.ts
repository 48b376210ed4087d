import { describe, expect, it } from 'vitest';
import { codeOf, runApplication, textOf } from '../../../testing/application-tools.ts';
import { bundle } from '../../../testing/bundle-fixture.ts';
import { recordingContext } from '../../../testing/layer-tools.ts';

const print = `import { readFileSync } from 'node:fs'; import { join } from 'node:path';`;
const reading = {
  'apps/shop/src/main.ts': `${print}
    import { schema } from './db/schema.ts'; import { page } from '../../../libs/lib/a #1/page.ts';
    console.log(schema, page, readFileSync(new URL('./start.txt', import.meta.url), 'utf8'));`,
  'apps/shop/src/start.txt': 'started',
  'apps/shop/src/db/schema.ts': `${print}
    export const schema = readFileSync(join(import.meta.dirname, 'schema.sql'), 'utf8');`,
  'apps/shop/src/db/schema.sql': 'select 1',
  'libs/lib/a #1/page.ts': `${print}
    export const page = readFileSync(new URL('./the page.html', import.meta.url), 'utf8');`,
  'libs/lib/a #1/the page.html': '<p>',
};
const app = { entry: 'src/main.ts', assets: ['src/**/*.{sql,txt}', '../../libs/lib/**/*.html'] };

describe('files that a bundle reads relative to its sources', () => {
  it('are found where app.assets has put them', async () => {
    const made = await bundle({ files: reading, app });
    expect(made.files.map(({ path }) => path)).toEqual([
      'apps/shop/src/main.mjs',
      'apps/shop/src/main.mjs.map',
      'apps/shop/src/db/schema.sql',
      'apps/shop/src/start.txt',
      'libs/lib/a #1/the page.html',
    ]);
    expect(await runApplication(made)).toBe('select 1 <p> started\n');
  });

  it('are found from CommonJS, too', async () => {
    const files = {
      'apps/shop/src/main.ts': `import { schema } from './db/schema'; console.log(schema, __filename);`,
      'apps/shop/src/db/schema.ts': `import { readFileSync } from 'node:fs';
        export const schema = readFileSync(__dirname + '/schema.sql', 'utf8') + __filename;`,
      'apps/shop/src/db/schema.sql': 'select 1 ',
    };
    const made = await bundle({ files, app: { ...app, assets: ['src/db'] }, manifest: { type: 'commonjs' } });
    expect(await runApplication(made)).toBe('select 1 /apps/shop/src/db/schema.ts /apps/shop/src/main.cjs\n');
  });

  it('are warned of where they are missing', async () => {
    const { ctx, warnings } = recordingContext();
    await bundle({ files: reading, app: { entry: 'src/main.ts', assets: ['src/start.txt'] }, ctx });
    expect(warnings).toEqual([
      '"apps/shop/src/db/schema.ts" reads "apps/shop/src/db/schema.sql" beside itself, which is not in the image: app.assets can pick it up.',
      '"libs/lib/a #1/page.ts" reads "libs/lib/a #1/the page.html" beside itself, which is not in the image: app.assets can pick it up.',
    ]);
  });

  it('are warned of no more once they are there, nor where there is nothing of the kind', async () => {
    const { ctx, warnings } = recordingContext();
    await bundle({ files: reading, app, ctx });
    const files = {
      'apps/shop/main.ts': `import { join } from 'node:path';
        console.log(new URL('https://a.test/x', import.meta.url).href, join(import.meta.dirname, 'data'));`,
    };
    await bundle({ files, ctx });
    expect(warnings).toEqual([]);
  });
});

describe('a source in a bundle', () => {
  it('knows whether it is what was started', async () => {
    const files = {
      'apps/shop/main.ts': `import { fileURLToPath } from 'node:url'; import './other.ts';
        console.log('main', import.meta.main, process.argv[1] === fileURLToPath(import.meta.url));`,
      'apps/shop/other.ts': `import { fileURLToPath } from 'node:url';
        console.log('other', import.meta.main, process.argv[1] === fileURLToPath(import.meta.url));`,
    };
    expect(await runApplication(await bundle({ files }))).toBe('other false false\nmain true true\n');
  });

  it('may find out by itself where it is', async () => {
    const files = {
      'apps/shop/main.ts': `import './lib/other.ts';`,
      'apps/shop/lib/other.ts': `import { fileURLToPath } from 'node:url'; import { dirname } from 'node:path';
        const __filename = fileURLToPath(import.meta.url); const __dirname = dirname(__filename);
        console.log(__dirname, __filename);`,
    };
    expect(await runApplication(await bundle({ files }))).toBe('/apps/shop/lib /apps/shop/lib/other.ts\n');
  });

  it('keeps its lines in the source map, and its text', async () => {
    const main = `#!/usr/bin/env node\n'use strict';\nconsole.log(import.meta.url);\nthrow new Error('here');\n`;
    const made = await bundle({ files: { 'apps/shop/main.ts': main } });
    expect(await codeOf(made)).toMatch(/^#!\/usr\/bin\/env node\nimport /);
    await expect(runApplication(made)).rejects.toThrow(/apps\/shop\/main\.ts:4:7/);
    const map = JSON.parse(await textOf(made, `${made.entry}.map`)) as { sourcesContent: string[] };
    expect(map.sourcesContent).toEqual([main]);
  });

  it('that asks for nothing is as esbuild makes it', async () => {
    const made = await bundle({ files: { 'apps/shop/main.ts': `console.log('a');` } });
    expect(await codeOf(made)).not.toContain('catamaran');
  });
});
