import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parsePlatform } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';
import { loadProject } from './load-project.ts';

const valid = `export default { name: 'shop', app: { entry: 'main.ts' } };`;

function projectWith(config: string, more: Readonly<Record<string, unknown>> = {}): string {
  const files = { 'package.json': {}, 'main.ts': '', 'catamaran.config.ts': config, ...more };
  return writeFiles(temporaryFolder(), files);
}

const withOptions = (options: string) =>
  `export default { name: 'shop', app: { entry: 'main.ts' }, ${options} };`;

describe('loadProject', () => {
  it('reads the configuration with its defaults, and package.json', async () => {
    const folder = projectWith(valid, {
      'package.json': { name: 'x', version: '1.2.3', description: 'Books', license: 'MIT', dependencies: {} },
    });
    expect(await loadProject(folder)).toEqual({
      name: 'shop',
      folder,
      version: '1.2.3',
      description: 'Books',
      license: 'MIT',
      platforms: [
        { os: 'linux', architecture: 'amd64' },
        { os: 'linux', architecture: 'arm64' },
      ],
      base: {
        kind: 'debian',
        suite: 'bookworm',
        packages: ['base-files', 'ca-certificates', 'libc6', 'libgcc-s1', 'libstdc++6'],
        files: [],
        user: { name: 'nonroot', id: 65532 },
        timezone: false,
      },
      node: '24.21.0',
      app: {
        entry: 'main.ts',
        bundle: true,
        assets: [],
        external: [],
        ignore: [],
        dependencies: 'lockfile',
        typecheck: true,
        native: {},
      },
      port: [3000],
      env: {},
      labels: {},
      publish: { to: [], ecr: { createRepository: true, immutableTags: true, scanOnPush: true } },
      check: { ignore: [] },
      run: {
        healthPath: '/',
        startTimeoutSeconds: 60,
        env: {},
        network: 'private',
        vcpu: 0.5,
        memoryMiB: 1024,
        load: 'load.yml',
        warmupSeconds: 5,
      },
      sourceDateEpoch: 0,
    });
  });

  it('is frozen all through', async () => {
    const project = await loadProject(projectWith(valid));
    const parts = [
      project,
      project.base,
      project.base.kind === 'debian' && project.base.packages,
      project.app,
      project.run.env,
      project.platforms,
    ];
    expect(parts.map(Object.isFrozen)).toEqual(parts.map(() => true));
    expect(() => Object.assign(project.app, { entry: 'other.ts' })).toThrow(TypeError);
  });

  it('lets the caller say platforms and time', async () => {
    const overrides = { platforms: [parsePlatform('linux/arm64')], sourceDateEpoch: 1_700_000_000 };
    expect(await loadProject(projectWith(valid), overrides)).toMatchObject(overrides);
  });

  it('counts a platform once, however it is written', async () => {
    const { platforms } = await loadProject(
      projectWith(withOptions(`platforms: ['linux/arm64', 'linux/arm64/v8', 'linux/amd64']`)),
    );
    expect(platforms.map(({ architecture }) => architecture)).toEqual(['arm64', 'amd64']);
  });

  it('names a folder that is reached through a link as the bundler will', async () => {
    const folder = projectWith(valid);
    const link = join(temporaryFolder(), 'link');
    symlinkSync(folder, link);
    expect((await loadProject(link)).folder).toBe(folder);
  });

  it('leaves out of package.json what is not text', async () => {
    const folder = projectWith(valid, { 'package.json': { version: '1.0.0', license: { type: 'MIT' } } });
    expect(await loadProject(folder)).toMatchObject({ version: '1.0.0', license: undefined });
  });
});

describe('loadProject refuses', () => {
  it('a folder that is not there, or is a file', async () => {
    const folder = writeFiles(temporaryFolder(), { file: '' });
    for (const path of [join(folder, 'nowhere'), join(folder, 'file')]) {
      await expect(loadProject(path)).rejects.toMatchObject({
        code: 'CATA_PROJECT_MISSING',
        message: expect.stringContaining(`"${path}"`),
      });
    }
  });

  it('a folder without a configuration', async () => {
    const folder = temporaryFolder();
    await expect(loadProject(folder)).rejects.toMatchObject({
      code: 'CATA_CONFIG_MISSING',
      message: expect.stringContaining(join(folder, 'catamaran.config.ts')),
    });
  });

  it.each([
    ['throws', `throw new Error('no database chosen');`, 'no database chosen'],
    ['throws no Error', `throw 'enough';`, 'enough'],
    ['imports what is not there', `import './nothing.ts'; ${valid}`, 'nothing.ts'],
    ['is not JavaScript', `export default {{{`, ''],
  ])('a configuration that %s', async (_, config, reason) => {
    await expect(loadProject(projectWith(config))).rejects.toMatchObject({
      code: 'CATA_CONFIG_FAILED',
      message: expect.stringContaining(reason),
      cause: expect.anything(),
    });
  });

  it.each([
    ['no default export', `export const name = 'shop';`, 'expected object'],
    ['an unknown key', withOptions(`prot: 80`), '"prot"'],
    [
      'an unknown key further in',
      withOptions(`run: { healthpath: '/' }`),
      'run: Unrecognized key: "healthpath"',
    ],
    ['no entry', `export default { name: 'shop', app: {} };`, 'app.entry:'],
    ['a port of 0', withOptions(`port: 0`), 'port:'],
    ['a port above all ports', withOptions(`port: 65536`), 'port:'],
    ['a port that is text', withOptions(`port: '3000'`), 'port:'],
    ['a name in upper case', `export default { name: 'Shop', app: { entry: 'main.ts' } };`, 'lower-case'],
    ['no platforms', withOptions(`platforms: []`), 'platforms:'],
    ['half a version of Node', withOptions(`node: '24'`), 'must be a full version, as in "24.21.0"'],
    ['a name that is no variable', withOptions(`env: { 'A-B': '1' }`), 'env.A-B:'],
    [
      'a mirror that is no web address',
      withOptions(`base: { sources: [{ uri: 'ftp://x/' }] }`),
      'sources.0.uri:',
    ],
    [
      'a package that cannot be one',
      withOptions(`base: { packages: ['../x'] }`),
      'base.packages.0: is not the name',
    ],
  ])('%s', async (_, config, reason) => {
    await expect(loadProject(projectWith(config))).rejects.toMatchObject({
      code: 'CATA_CONFIG_INVALID',
      message: expect.stringContaining(reason),
    });
  });

  it('says everything that is wrong at once', async () => {
    const config = withOptions(`port: 0, node: '24'`);
    await expect(loadProject(projectWith(config))).rejects.toThrow(/port: .*; node: |node: .*; port: /);
  });

  it('a platform that nobody builds for', async () => {
    const folder = projectWith(withOptions(`platforms: ['linux/riscv64']`));
    await expect(loadProject(folder)).rejects.toMatchObject({
      code: 'CATA_PLATFORM_INVALID',
      message: expect.stringContaining('"linux/riscv64"'),
    });
  });

  it('an entry that is not there', async () => {
    const folder = projectWith(`export default { name: 'shop', app: { entry: 'src/mian.ts' } };`);
    mkdirSync(join(folder, 'src'));
    await expect(loadProject(folder)).rejects.toMatchObject({
      code: 'CATA_ENTRY_MISSING',
      message: expect.stringContaining('"src/mian.ts"'),
    });
  });

  it('a project without package.json', async () => {
    const folder = writeFiles(temporaryFolder(), { 'main.ts': '', 'catamaran.config.ts': valid });
    await expect(loadProject(folder)).rejects.toMatchObject({ code: 'CATA_PACKAGE_JSON_MISSING' });
  });

  it.each(['{', '[]', 'null'])('a package.json of %s', async (text) => {
    await expect(loadProject(projectWith(valid, { 'package.json': text }))).rejects.toMatchObject({
      code: 'CATA_JSON_INVALID',
      message: expect.stringContaining('package.json'),
    });
  });
});
