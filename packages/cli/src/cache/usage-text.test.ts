import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contents } from './usage-text.ts';

const packages = join(import.meta.dirname, '..', '..', '..');
/** What is in these is gone when the build ends. */
const nameless = ['spool', 'stages'];

it('says what every kind is that is kept', () => {
  const files = globSync('{build,cli}/src/**/*.ts', { cwd: packages }).filter(
    (file) => !file.includes('.test.'),
  );
  const kinds = files.flatMap((file) =>
    [
      ...readFileSync(join(packages, file), 'utf8').matchAll(
        /(?:\.(?:putJson|putBytes|toolFile|writeStream)\(\s*'|\bkind = '|cacheFolderOf\(variables\), ')([a-z-]+)'/g,
      ),
    ].map(([, kind = '']) => kind),
  );
  const kept = new Set(kinds.filter((kind) => !nameless.includes(kind)));
  expect([...kept, 'blobs'].sort()).toEqual(Object.keys(contents).sort());
});
