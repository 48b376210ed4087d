import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectBytes, createContext } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { runApplication, textOf } from '../../testing/application-tools.ts';
import { bundleProject } from '../../testing/bundle-fixture.ts';
import { recordingContext } from '../../testing/layer-tools.ts';
import { RecordedInputs } from '../inputs/input-log.ts';
import { collectApplication } from './collect-application.ts';

type App = NonNullable<Parameters<typeof bundleProject>[0]['app']>;

/** A project in apps/shop of a workspace, whose files are these. */
function fixture(own: Readonly<Record<string, unknown>>, app: App = {}) {
  const rows = Object.entries(own).map(([path, content]) => [join('apps/shop', path), content]);
  const options = { bundle: false, ...app };
  return bundleProject({ files: Object.fromEntries(rows), app: options as App });
}

async function collect(own: Readonly<Record<string, unknown>>, app: App = {}) {
  const { project, dependencies } = fixture(own, app);
  const { ctx, warnings } = recordingContext();
  const inputs = new RecordedInputs();
  const made = await collectApplication(project, dependencies, inputs, ctx);
  const paths = [...made.files, ...made.links].map(({ path }) => path.replace('apps/shop/', ''));
  return { made, paths, warnings, inputs: inputs.inputs };
}

const compiled = {
  'dist/main.js': `console.log('up');`,
  'dist/main.js.map': '{}',
  'dist/lib/a.js': 'a',
  'dist/lib/a.test.js': 'test',
  'src/main.ts': 'source',
};

describe('an application without a bundle', () => {
  it('is all of the project that is not ignored, not secret, and not Catamaran’s', async () => {
    const files = {
      'main.js': `import './lib/a.js'; console.log('up');`,
      'lib/a.js': `console.log('a');`,
      'lib/node_modules/x/index.js': 'x',
      'catamaran.config.ts': '',
      '.catamaran/layout/index.json': '',
      '.git/config': '',
      '.dockerignore': '# a comment\n\n*.log\nnotes\n!notes/keep.md\n',
      'error.log': '',
      'lib/error.log': '',
      'notes/a.md': '',
      'notes/keep.md': '',
    };
    const { made, paths, warnings } = await collect(files, { entry: 'main.js' });
    expect(paths).toEqual(['lib/a.js', 'lib/error.log', 'main.js', 'notes/keep.md', 'package.json']);
    expect(warnings).toEqual([]);
    expect(made).toMatchObject({ entry: 'apps/shop/main.js', nodeOptions: [] });
    expect(await runApplication(made)).toBe('a\nup\n');
  });

  it('may be started as TypeScript', async () => {
    const files = { 'main.ts': `const text: string = 'up'; console.log(text);` };
    expect(await runApplication((await collect(files)).made)).toBe('up\n');
  });

  it('is what patterns match, with package.json, without what is taken back', async () => {
    const files = ['dist/**', '!**/*.test.js'];
    const { made, paths } = await collect(compiled, { entry: 'dist/main.js', files });
    expect(paths).toEqual(['dist/lib/a.js', 'dist/main.js', 'dist/main.js.map', 'package.json']);
    expect(made.nodeOptions).toEqual(['--enable-source-maps']);
  });

  it('has folders at the places that they are given; of two files for one place the later counts', async () => {
    const own = {
      '.next/standalone/server.js': 'server',
      '.next/standalone/package.json': '{"name":"standalone"}',
      '.next/static/a.css': 'a',
      'public/logo.svg': 'logo',
      'public/server.js': 'not this one',
    };
    const files = [
      { from: 'public', to: 'public' },
      { from: 'public', files: ['*.js'] },
      { from: '.next/standalone' },
      { from: '.next/static', to: '.next/static' },
    ];
    const { made, paths } = await collect(own, { entry: 'server.js', files });
    expect(paths).toEqual([
      '.next/static/a.css',
      'package.json',
      'public/logo.svg',
      'public/server.js',
      'server.js',
    ]);
    expect(await textOf(made, 'apps/shop/server.js')).toBe('server');
    expect(await textOf(made, 'apps/shop/package.json')).toContain('standalone');
  });

  it('reaches other folders of the workspace, which keep their places', async () => {
    const files = ['dist', '../../libs/lib/*.ts'];
    const { made } = await collect(compiled, { entry: 'dist/main.js', files });
    expect(made.files.map(({ path }) => path)).toContain('libs/lib/lib.ts');
  });

  it('has files with what matters of their modes, links as they are, and no folder that is empty', async () => {
    const { project, dependencies, root } = fixture(
      { ...compiled, 'dist/run.sh': '#!/bin/sh' },
      { entry: 'dist/main.js', files: ['dist'] },
    );
    const dist = join(root, 'apps/shop/dist');
    chmodSync(join(dist, 'run.sh'), 0o750);
    chmodSync(join(dist, 'lib/a.js'), 0o600);
    mkdirSync(join(dist, 'empty'));
    symlinkSync('lib', join(dist, 'linked'));
    symlinkSync('../lib/nothing.js', join(dist, 'lib/dangling.js'));
    const { ctx, warnings } = recordingContext();
    const made = await collectApplication(project, dependencies, new RecordedInputs(), ctx);
    const modes = made.files.map(
      ({ path, mode }) => `${path.slice('apps/shop/'.length)} ${mode.toString(8)}`,
    );
    expect(modes).toContain('dist/run.sh 755');
    expect(modes).toContain('dist/lib/a.js 644');
    expect(made.links).toEqual([
      { path: 'apps/shop/dist/lib/dangling.js', target: '../lib/nothing.js' },
      { path: 'apps/shop/dist/linked', target: 'lib' },
    ]);
    expect(warnings).toEqual([
      'The link "apps/shop/dist/lib/dangling.js" leads to nothing that is in the application.',
    ]);
  });
});

describe('what is ignored', () => {
  const all = { entry: 'dist/main.js' };

  it('is said by .catamaranignore rather than by .dockerignore, and by app.ignore besides', async () => {
    const own = { ...compiled, '.dockerignore': 'dist', '.catamaranignore': 'src\n', 'notes.md': '' };
    const { paths } = await collect(own, { ...all, ignore: ['**/*.{map,md}'] });
    expect(paths).toEqual(['dist/lib/a.js', 'dist/lib/a.test.js', 'dist/main.js', 'package.json']);
  });

  it('is, in an ignore file, no folder that app.files names; but what lies in it may be', async () => {
    const own = { ...compiled, '.dockerignore': 'dist\n**/*.test.js\nnode_modules\n' };
    const { paths } = await collect(own, { ...all, files: ['dist/**'] });
    expect(paths).toEqual(['dist/lib/a.js', 'dist/main.js', 'dist/main.js.map', 'package.json']);
    const ignored = collect(own, { ...all, files: ['dist/**'], ignore: ['dist'] });
    await expect(ignored).rejects.toMatchObject({
      code: 'CATA_FILES_NONE',
      message: expect.stringMatching(
        /^Nothing .* "dist\/\*\*": there is no such file that is not ignored by app/,
      ),
    });
  });

  it('is said by the .dockerignore of the root where the project has none', async () => {
    const { project, dependencies } = bundleProject({
      files: {
        '.dockerignore': 'apps/*/src\nlibs\n**/*.map',
        'apps/shop/src/a.ts': '',
        'apps/shop/main.js': '',
        'apps/shop/main.js.map': '',
      },
      app: { entry: 'main.js', bundle: false },
    });
    const { files } = await collectApplication(project, dependencies, new RecordedInputs(), createContext());
    expect(files.map(({ path }) => path)).toEqual(['apps/shop/main.js', 'apps/shop/package.json']);
  });

  it('has to be said in a way that can be understood', async () => {
    await expect(collect({ ...compiled, '.dockerignore': 'a\n[b\n' }, all)).rejects.toMatchObject({
      code: 'CATA_IGNORE_INVALID',
      message: expect.stringContaining('.dockerignore" cannot be understood: "[b" has a "["'),
    });
  });
});

describe('a secret', () => {
  const own = {
    ...compiled,
    '.env': 'KEY=1',
    '.env.production': 'KEY=2',
    'config/.npmrc': '//r/:_authToken=1',
    '.aws/credentials': '',
    'dist/.env': '',
  };

  it('stays out where only a wildcard matches it, and a warning says so', async () => {
    const { paths, warnings } = await collect(own, { entry: 'dist/main.js' });
    expect(paths.filter((path) => /env|npmrc|aws/.test(path))).toEqual([]);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^"\.aws", "\.env", "\.env\.production", "config\/\.npmrc", "dist\/\.env" stay out of the image/,
      ),
    ]);
  });

  it('goes in where it is named', async () => {
    const files = ['dist', '.env.production', 'config/.npmrc'];
    const { paths, warnings } = await collect(own, { entry: 'dist/main.js', files });
    expect(paths.filter((path) => /env|npmrc|aws/.test(path))).toEqual(['.env.production', 'config/.npmrc']);
    expect(warnings).toEqual([expect.stringMatching(/^"dist\/\.env" stays out/)]);
  });

  it('is not warned of where it is ignored, or where no pattern matches it', async () => {
    const ignore = ['**/.env*', '.aws', 'config'];
    expect((await collect(own, { entry: 'dist/main.js', ignore })).warnings).toEqual([]);
    const { warnings } = await collect(own, { entry: 'dist/main.js', files: ['**/*.js'] });
    expect(warnings).toEqual([]);
  });

  it('is no part of a folder that a pattern begins in, nor are packages', async () => {
    const standalone = { '.next/node_modules/a/index.js': '', '.next/.env': '', '.next/server.js': '' };
    const { paths, warnings } = await collect(standalone, { entry: 'server.js', files: [{ from: '.next' }] });
    expect(paths).toEqual(['package.json', 'server.js']);
    expect(warnings).toEqual([
      expect.stringMatching(/^"\.next\/\.env", "\.next\/node_modules" stay out .* secrets, or packages/),
    ]);
  });
});

describe('an application is refused', () => {
  it.each<[string, App, string, string | RegExp]>([
    [
      'a pattern for nothing',
      { files: ['dist', 'build/*'] },
      'CATA_FILES_NONE',
      '"build/*": there is no such file',
    ],
    ['a folder that is not there', { files: [{ from: 'out' }] }, 'CATA_FILES_NONE', '"out/**": there is no'],
    ['an entry that is not in it', { files: ['dist/lib'] }, 'CATA_ENTRY_NOT_PICKED', '"dist/main.js"'],
    ['files above its root', { files: ['dist', '../../../*'] }, 'CATA_FILES', ''],
    [
      'a place above its root',
      { files: ['dist', { from: 'dist', to: '../../..' }] },
      'CATA_FILES_OUTSIDE',
      '',
    ],
    [
      'a file and a folder at one place',
      { files: ['dist', { from: 'dist', to: 'dist/main.js' }] },
      'CATA_FILES_CLASH',
      '"apps/shop/dist/main.js"',
    ],
    ['TSX', { entry: 'main.tsx', files: ['dist'] }, 'CATA_ENTRY_UNRUNNABLE', 'Node.js 24.21.0 does not run'],
  ])('with %s', async (_, app, code, message) => {
    const refused = collect(compiled, { entry: 'dist/main.js', ...app });
    await expect(refused).rejects.toMatchObject({ code: expect.stringContaining(code) });
    await expect(refused).rejects.toThrow(message);
  });

  it.each(['/etc/passwd', '../../../../outside', '../../../..'])('with a link to %s', async (target) => {
    const { project, dependencies, root } = fixture(compiled, { entry: 'dist/main.js', files: ['dist'] });
    symlinkSync(target, join(root, 'apps/shop/dist/link'));
    const refused = collectApplication(project, dependencies, new RecordedInputs(), createContext());
    await expect(refused).rejects.toMatchObject({
      code: 'CATA_LINK_OUTSIDE',
      message: expect.stringContaining(`leads to "${target}"`),
    });
  });

  it('with a file that changes before it is in a layer', async () => {
    const { project, dependencies, root } = fixture(compiled, { entry: 'dist/main.js', files: ['dist'] });
    const { files } = await collectApplication(project, dependencies, new RecordedInputs(), createContext());
    const main = files.find(({ path }) => path.endsWith('main.js'));
    writeFileSync(join(root, 'apps/shop/dist/main.js'), `console.log('no');`);
    await expect(collectBytes(main?.content() ?? [])).rejects.toMatchObject({ code: 'CATA_FILE_CHANGED' });
  });
});

describe('a later build is told', () => {
  it('of every file, every folder looked into, and the ignore files that there are not', async () => {
    const { inputs, made } = await collect(
      { ...compiled, 'public/a.css': '' },
      { entry: 'dist/main.js', files: ['dist/**/*.js', 'public'] },
    );
    const inside = (path: string) => path.replace(/^.*?\/apps\/shop\/?/, '');
    const files = inputs.files.filter((path) => path.includes('/apps/shop')).map(inside);
    expect(files).toEqual(
      expect.arrayContaining([
        '.catamaranignore',
        '.dockerignore',
        'dist/main.js',
        'package.json',
        'public/a.css',
      ]),
    );
    expect(inputs.folders.map(inside)).toEqual(['dist', 'dist/lib', 'public']);
    expect(made.files).toHaveLength(5);
  });
});
