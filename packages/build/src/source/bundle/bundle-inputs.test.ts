import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleProject } from '../../../testing/bundle-fixture.ts';
import { RecordedInputs } from '../../inputs/input-log.ts';
import { bundleApplication } from './bundle-application.ts';

const files = {
  'apps/shop/main.ts': `import { fromLib } from 'lib'; import sql from './sql/a.sql'; console.log(fromLib, sql);`,
  'apps/shop/sql/a.sql': 'select 1',
  'apps/shop/tsconfig.json': { extends: '../../tsconfig.base.json' },
  'tsconfig.base.json': { extends: './tsconfig.strict.json' },
  'tsconfig.strict.json': {},
};

/** What a bundle, that may fail, tells of what it has read. */
async function told(changed: Readonly<Record<string, string>> = {}) {
  const { root, project, dependencies } = bundleProject({ files: { ...files, ...changed } });
  const inputs = new RecordedInputs();
  const isMade = await bundleApplication(project, dependencies, inputs).then(
    () => true,
    () => false,
  );
  const inside = (path: string) => path.slice(root.length + 1);
  return { isMade, files: inputs.inputs.files.map(inside), folders: inputs.inputs.folders.map(inside), root };
}

const decisive = [
  'apps/package.json',
  'apps/shop/main.ts',
  'apps/shop/package.json',
  'apps/shop/tsconfig.json',
  'package.json',
  'tsconfig.base.json',
  'tsconfig.strict.json',
];

describe('a later build is told', () => {
  it('of every source, what is imported besides, and all that decides over them', async () => {
    const { isMade, files: paths, folders } = await told();
    expect(isMade).toBe(true);
    expect(paths).toEqual(
      expect.arrayContaining([
        ...decisive,
        'apps/shop/sql/a.sql',
        'libs/lib/lib.ts',
        'libs/lib/package.json',
        // A nearer one would count instead.
        'libs/lib/tsconfig.json',
      ]),
    );
    expect(folders).toEqual(expect.arrayContaining(['apps/shop', 'libs/lib']));
  });

  it('of what was read when there is no bundle in the end', async () => {
    const {
      isMade,
      files: paths,
      folders,
    } = await told({
      'apps/shop/main.ts': `import './missing.ts'; const = 1;`,
    });
    expect(isMade).toBe(false);
    expect(paths).toEqual(expect.arrayContaining(decisive));
    expect(folders).toContain('apps/shop');
  });

  it('of nothing that lies elsewhere', async () => {
    const { files: paths, root } = await told();
    expect(paths.filter((path) => !join(root, path).startsWith(root))).toEqual([]);
  });
});
