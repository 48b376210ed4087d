import { globSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DockerfileReport } from '@catamaran/check/dockerfile';
import { describe, expect, it } from 'vitest';
import { consoleExamples, outputPattern } from './support/console-examples.ts';
import { repositoryFolder } from './support/repository.ts';
import { runCatamaran } from './support/run-catamaran.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const samples = globSync('samples/*/Dockerfile*', { cwd: repositoryFolder }).filter(
  (path) => !path.endsWith('.dockerignore'),
);

const folder = temporaryFolder();

function check(args: readonly string[], cwd = repositoryFolder) {
  return runCatamaran(['check', ...args], { cwd });
}

async function reportOf(
  args: readonly string[],
): Promise<DockerfileReport & { readonly dockerfile: string }> {
  const { stdout } = await check([...args, '--builder-platform', 'linux/amd64', '--json']);
  return JSON.parse(stdout);
}

describe('catamaran check Dockerfile', () => {
  it('finds nothing against the samples’ own Dockerfiles, and tells the emulated ones as such', async () => {
    expect(samples.length).toBeGreaterThanOrEqual(6);
    for (const path of samples) {
      const { summary, findings, dockerfile } = await reportOf([path]);
      const emulated = summary.map(({ emulated: count }) => count);
      expect({ dockerfile, emulated, levels: findings.map(({ level, rule }) => `${level} ${rule}`) }).toEqual(
        path.endsWith('.emulated')
          ? { dockerfile: path, emulated: [0, 1], levels: ['warning dockerfile-emulated'] }
          : { dockerfile: path, emulated: [0, 0], levels: [] },
      );
    }
  });

  it('does so for the Dockerfiles that builds are measured with', async () => {
    const bases = ['--build-arg', 'BUILD_NODE=node:24', '--build-arg', 'TARGET_NODE=node:24-slim'];
    const cross = await reportOf(['bench/build/docker/cross.Dockerfile', ...bases]);
    expect(cross.findings).toEqual([]);
    const emulated = await reportOf([
      'bench/build/docker/emulated.Dockerfile',
      ...bases,
      '-p',
      'linux/arm64',
    ]);
    expect(emulated.summary).toEqual([{ platform: 'linux/arm64', instructions: 19, native: 0, emulated: 3 }]);
    expect(emulated.findings.every(({ level }) => level === 'warning')).toBe(true);
  });

  it('prints what the README shows', async () => {
    const readme = readFileSync(join(repositoryFolder, 'README.md'), 'utf8');
    const dockerfile = /```dockerfile\n(.*?)```/s.exec(readme)?.[1] ?? '';
    const example = consoleExamples(readme).find(({ command }) => command.includes('check Dockerfile'));
    await writeFile(join(folder, 'Dockerfile'), dockerfile);
    const { stdout } = await check(example?.command.split(' ').slice(3) ?? [], folder);
    expect(stdout).toMatch(example ? outputPattern(example) : /^$/);
  });

  it('ends with 1 for an error, shows the line and how it should be, and counts', async () => {
    const path = join(folder, 'Dockerfile.two');
    await writeFile(
      path,
      'FROM node:24 AS build\nRUN npm ci\n\nFROM --platform=linux/amd64 node:24\nCOPY --from=build /a /a\n',
    );
    const { exitCode, stdout, stderr } = await check([path, '--builder-platform', 'linux/amd64']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toContain('error  line 4  dockerfile-constant-platform');
    expect(stdout).toContain('  - FROM --platform=linux/amd64 node:24\n  + FROM node:24\n');
    expect(stdout).toContain('1 of 4 instructions would be emulated for linux/arm64 on linux/amd64.');
    expect(stdout).toMatch(/^ +2 +RUN npm ci +native +emulated$/m);
  });

  it('reads what it is piped, and "dockerfile:" before a name that is none', async () => {
    const path = join(folder, 'recipe');
    await writeFile(path, 'FROM node:24\nRUN npm ci\n');
    const shell = `exec "$0" "$@" < ${path}`;
    const piped = await runCatamaran(['check', '-', '-p', 'linux/arm64'], { cwd: folder, shell });
    expect(piped.stdout).toContain('standard input for linux/arm64');
    expect((await check([`dockerfile:${path}`])).exitCode).toBe(0);
  });

  it('goes to code-scanning pages and annotations with its lines', async () => {
    const path = 'samples/bookstore/Dockerfile.emulated';
    const builder = ['--builder-platform', 'linux/amd64'];
    const github = await check([path, ...builder, '--format', 'github']);
    expect(github.stdout).toMatch(/^::warning file=samples\/bookstore\/Dockerfile\.emulated,line=10,/);
    const sarif = JSON.parse((await check([path, ...builder, '--format', 'sarif'])).stdout);
    expect(sarif.runs[0].results[0]).toMatchObject({ ruleId: 'dockerfile-emulated', level: 'warning' });
  });

  it('silences what the configuration of a project does, and nothing that is about images', async () => {
    const ignore = [
      { rule: 'dockerfile-emulated', reason: 'it is short' },
      { rule: 'dockerfile-syntax', reason: 'there is nothing' },
      { rule: 'root-user', reason: 'of images' },
    ];
    const project = join(folder, 'project');
    await mkdir(project);
    await writeFile(join(project, 'main.js'), '');
    await writeFile(join(project, 'package.json'), '{ "name": "x", "type": "module" }');
    const config = { name: 'x', app: { entry: 'main.js' }, check: { ignore } };
    await writeFile(join(project, 'catamaran.config.ts'), `export default ${JSON.stringify(config)};`);
    const path = 'samples/bookstore/Dockerfile.emulated';
    const options = ['--project', project, '--builder-platform', 'linux/amd64'];
    const { stdout, stderr } = await check([path, ...options]);
    expect(stdout).not.toContain('dockerfile-emulated');
    expect(stdout).toContain('1 silenced.');
    expect(stderr).toContain('"dockerfile-syntax" finds nothing');
    expect(stderr).not.toContain('root-user');
    const loud = await check([path, '--builder-platform', 'linux/amd64', '--fail-on', 'warning']);
    expect(loud.exitCode).toBe(1);
    expect((await check([path, ...options, '--fail-on', 'warning'])).exitCode).toBe(0);
  });

  it.each([
    ['nothing there', 'nowhere/Dockerfile', 2, 'CATA_DOCKERFILE_UNREADABLE', 'nowhere/Dockerfile'],
    ['a folder', 'dockerfile:samples', 2, 'CATA_DOCKERFILE_UNREADABLE', 'samples'],
    [
      'a stage that is not there',
      'samples/bookstore/Dockerfile --target tests',
      2,
      'CATA_DOCKERFILE_TARGET_UNKNOWN',
      'tests',
    ],
    ['a build argument without a name', 'samples/bookstore/Dockerfile --build-arg =1', 2, 'CATA_USAGE', '=1'],
    [
      'a builder that is none',
      'samples/bookstore/Dockerfile --builder-platform arm',
      2,
      'CATA_PLATFORM_INVALID',
      'arm',
    ],
    ['a target that is none', 'samples/bookstore/Dockerfile -p arm64', 2, 'CATA_PLATFORM_INVALID', 'arm64'],
  ])('refuses %s', async (_, args, code, name, quoted) => {
    const { exitCode, stdout, stderr } = await check([...args.split(' '), '--json']);
    expect(exitCode).toBe(code);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: name } });
    expect(stderr).toContain(quoted);
  });

  it('refuses 10 MB, and finds what is wrong with junk and nothing', async () => {
    const path = join(folder, 'Dockerfile');
    await writeFile(path, Buffer.alloc(10_000_000, 'FROM a\n'));
    const large = await check([path]);
    expect(large.exitCode).toBe(2);
    expect(large.stderr).toContain('CATA_DOCKERFILE_TOO_LARGE');
    for (const content of [Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 0, 0xff, 0xfe]), Buffer.alloc(0)]) {
      await writeFile(path, content);
      const { exitCode, stdout } = await check([path]);
      expect(exitCode).toBe(1);
      expect(stdout).toContain('error  line 1  dockerfile-syntax');
    }
  });
});
