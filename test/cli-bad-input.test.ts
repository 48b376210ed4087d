import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { createContext, layoutStore } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { exampleIndex } from './support/example-index.ts';
import { config, type FixtureProject, fixtureProject } from './support/fixture-project.ts';
import { repositoryFolder } from './support/repository.ts';
import { type ProgramResult, runCatamaran } from './support/run-catamaran.ts';

interface Case {
  readonly what: string;
  readonly change?: (project: FixtureProject) => Promise<void>;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly code: string;
  readonly exitCode: number;
  /** What of the input the error quotes. */
  readonly quotes: string;
}

const closedPort = 'http://127.0.0.1:1/debian';
const noNetwork = `base: { sources: [{ uri: '${closedPort}', suites: ['bookworm'], signedBy: '/dev/null' }] },`;

const cases: readonly Case[] = [
  {
    what: 'no such folder',
    args: ['build', 'nowhere'],
    code: 'CATA_PROJECT_MISSING',
    exitCode: 2,
    quotes: 'nowhere',
  },
  {
    what: 'no configuration',
    change: (project) => project.remove('catamaran.config.ts'),
    code: 'CATA_CONFIG_MISSING',
    exitCode: 2,
    quotes: 'catamaran.config.ts',
  },
  {
    what: 'a configuration that throws',
    change: (project) => project.write('catamaran.config.ts', "throw new Error('thrown by config');"),
    code: 'CATA_CONFIG_FAILED',
    exitCode: 2,
    quotes: 'thrown by config',
  },
  {
    what: 'an unknown option',
    change: (project) => project.write('catamaran.config.ts', config('prot: 3000,')),
    code: 'CATA_CONFIG_INVALID',
    exitCode: 2,
    quotes: 'prot',
  },
  {
    what: 'a command that fails',
    change: (project) =>
      project.write(
        'catamaran.config.ts',
        config(`app: { entry: 'src/main.ts', build: 'echo what went wrong; exit 7' },`),
      ),
    code: 'CATA_BUILD_COMMAND',
    exitCode: 2,
    quotes: 'ended with exit code 7:\n  what went wrong',
  },
  {
    what: 'files that there are not',
    change: (project) =>
      project.write('catamaran.config.ts', config(`app: { entry: 'dist/main.js', files: ['dist/**'] },`)),
    code: 'CATA_FILES_NONE',
    exitCode: 2,
    quotes: 'dist/**',
  },
  {
    what: 'no lockfile',
    change: (project) => project.remove('package-lock.json'),
    code: 'CATA_LOCKFILE_MISSING',
    exitCode: 2,
    quotes: 'package-lock.json',
  },
  {
    what: 'a lockfile made for another package.json',
    change: (project) =>
      project.write(
        'package.json',
        JSON.stringify({ name: 'fixture', type: 'module', dependencies: { 'left-pad': '^1.3.0' } }),
      ),
    code: 'CATA_LOCKFILE_DISAGREES',
    exitCode: 2,
    quotes: 'left-pad',
  },
  {
    what: 'an unknown platform',
    args: ['build', '.', '--platform', 'linux/riscv64'],
    code: 'CATA_PLATFORM_INVALID',
    exitCode: 2,
    quotes: 'linux/riscv64',
  },
  {
    what: 'an entry that is not there',
    change: (project) => project.remove('src/main.ts'),
    code: 'CATA_ENTRY_MISSING',
    exitCode: 2,
    quotes: 'src/main.ts',
  },
  {
    what: 'a type error in the source',
    change: (project) => project.write('src/main.ts', "const port: number = 'three';\nconsole.log(port);\n"),
    code: 'CATA_TYPES_WRONG',
    exitCode: 2,
    quotes: 'src/main.ts(1,7)',
  },
  {
    what: 'a syntax error in the source',
    change: (project) => project.write('src/main.ts', 'const = ;\n'),
    code: 'CATA_BUNDLE_FAILED',
    exitCode: 2,
    quotes: 'src/main.ts:1',
  },
  {
    what: 'a mirror that does not answer',
    code: 'CATA_MIRROR_UNREACHABLE',
    exitCode: 3,
    quotes: closedPort,
  },
  {
    what: 'no load test',
    change: (project) => project.remove('load.yml'),
    args: ['compare', '.'],
    code: 'CATA_LOAD_FILE_MISSING',
    exitCode: 2,
    quotes: 'load.yml',
  },
  {
    what: 'an environment that the load test does not have',
    args: ['compare', '.', '--environment', 'quick'],
    code: 'CATA_LOAD_ENVIRONMENT_UNKNOWN',
    exitCode: 2,
    quotes: '"quick"',
  },
  {
    what: 'no runc',
    args: ['compare', '.'],
    env: { PATH: dirname(process.execPath) },
    code: 'CATA_RUNC_MISSING',
    exitCode: 4,
    quotes: 'runc',
  },
  {
    what: 'a place for reports that is a file',
    args: ['compare', '.', '--report', 'package.json'],
    code: 'CATA_REPORT_NOT_WRITABLE',
    exitCode: 4,
    quotes: 'package.json',
  },
  {
    what: 'a cache that is a file',
    env: { XDG_CACHE_HOME: '/dev/null' },
    code: 'CATA_CACHE_UNUSABLE',
    exitCode: 4,
    quotes: '/dev/null/catamaran',
  },
  {
    what: 'a home in which no folder can be made',
    env: { XDG_CACHE_HOME: '', HOME: '/dev/null' },
    code: 'CATA_CACHE_UNUSABLE',
    exitCode: 4,
    quotes: '/dev/null/.cache/catamaran',
  },
  {
    what: 'a time that is none',
    env: { SOURCE_DATE_EPOCH: 'yesterday' },
    code: 'CATA_SOURCE_DATE_EPOCH_INVALID',
    exitCode: 2,
    quotes: 'yesterday',
  },
  {
    what: 'no layout to check',
    args: ['check', 'fixture'],
    code: 'CATA_LAYOUT_MISSING',
    exitCode: 2,
    quotes: '.catamaran/layout',
  },
  {
    what: 'a record that is not there',
    args: ['report', 'nothing.json'],
    code: 'CATA_RECORD_UNREADABLE',
    exitCode: 2,
    quotes: 'nothing.json',
  },
];

/** In the project's folder, with a cache of its own that is empty. */
function run(project: FixtureProject, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return runCatamaran(args, {
    cwd: project.folder,
    env: { XDG_CACHE_HOME: join(project.folder, 'cache'), ...env },
  });
}

function expectError(result: ProgramResult, { code, exitCode, quotes }: Omit<Case, 'what'>): void {
  expect(result.stderr).toContain(`error ${code}\n`);
  expect(result.stderr).toContain(quotes);
  expect(result.stderr).not.toMatch(/^\s+at .*\.ts:/m);
  expect(result.exitCode).toBe(exitCode);
  expect(result.stdout).toBe('');
}

describe('bad input', () => {
  it.each(cases)(
    '$what: $code',
    { timeout: 60_000 },
    async ({ change, args = ['build', '.'], env, ...expected }) => {
      await using project = await fixtureProject();
      // Whatever goes wrong goes wrong without the network, or because of it.
      await project.write('catamaran.config.ts', config(noNetwork));
      await change?.(project);
      expectError(await run(project, args, env), expected);
      expect(existsSync(join(project.folder, '.catamaran'))).toBe(false);
    },
  );

  it('a signature that does not hold: nothing is used', { timeout: 60_000 }, async () => {
    await using project = await fixtureProject();
    const server = createServer((_, response) => response.end('Origin: Debian\nSuite: bookworm\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const source = `{ uri: 'http://127.0.0.1:${port}', suites: ['bookworm'], signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg' }`;
      await project.write('catamaran.config.ts', config(`base: { sources: [${source}] },`));
      const result = await run(project, ['build', '.']);
      expectError(result, { code: 'CATA_ARCHIVE_SIGNATURE', exitCode: 3, quotes: `127.0.0.1:${port}` });
    } finally {
      server.close();
    }
  });

  it('with an address that has a password in it: the password is in no output', {
    timeout: 60_000,
  }, async () => {
    await using project = await fixtureProject();
    const source =
      "{ uri: 'http://user:s3cret@127.0.0.1:1/debian', suites: ['bookworm'], signedBy: '/dev/null' }";
    await project.write('catamaran.config.ts', config(`base: { sources: [${source}] },`));
    const { stdout, stderr } = await run(project, ['build', '.', '--json']);
    expect(stderr).toContain('http://***@127.0.0.1:1/debian');
    expect(stdout + stderr).not.toContain('s3cret');
  });

  it('--platform may stand before the folder, and again', { timeout: 60_000 }, async () => {
    await using project = await fixtureProject();
    const args = ['build', '-p', 'linux/amd64', '--platform', 'linux/arm64,linux/amd64', 'elsewhere'];
    const result = await run(project, args);
    expectError(result, { code: 'CATA_PROJECT_MISSING', exitCode: 2, quotes: '"elsewhere"' });
  });

  it('a report that nobody reads to its end is no failure', { timeout: 60_000 }, async () => {
    await using project = await fixtureProject();
    const program = join(repositoryFolder, 'packages', 'cli', 'bin', 'catamaran.js');
    const { stderr } = spawnSync(
      'bash',
      ['-c', `"${process.execPath}" "${program}" build nowhere 2>&1 | true; echo "\${PIPESTATUS[0]}" >&2`],
      {
        cwd: project.folder,
        encoding: 'utf8',
      },
    );
    expect(stderr).toBe('2\n');
  });

  it.each([
    { what: 'a result', command: 'inspect fixture --raw', exitCode: '4' },
    { what: 'the help', command: '--help', exitCode: '4' },
    { what: 'an error’s document', command: 'build nowhere --json', exitCode: '2' },
  ])('$what on a full disk: a sentence and $exitCode', { timeout: 60_000 }, async ({ command, exitCode }) => {
    await using project = await fixtureProject();
    const layout = join(project.folder, '.catamaran', 'layout');
    await layoutStore(layout).put({ repository: 'fixture' }, await exampleIndex(), createContext());
    const program = join(repositoryFolder, 'packages', 'cli', 'bin', 'catamaran.js');
    const script = `"${process.execPath}" "${program}" ${command} >/dev/full; echo "ended with $?" >&2`;
    const { stderr } = spawnSync('bash', ['-c', script], { cwd: project.folder, encoding: 'utf8' });
    expect(stderr).toContain(exitCode === '4' ? 'ENOSPC' : '"nowhere"');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).toContain(`ended with ${exitCode}\n`);
  });

  it('a wrong flag with --json is one document on stdout', { timeout: 60_000 }, async () => {
    await using project = await fixtureProject();
    const { stdout, exitCode } = await run(project, ['build', '--json', '--bogus']);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CATA_USAGE' } });
    expect(exitCode).toBe(2);
  });

  it('with --json is one document on stdout', { timeout: 60_000 }, async () => {
    await using project = await fixtureProject();
    await project.remove('catamaran.config.ts');
    const { stdout, exitCode } = await run(project, ['build', '.', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CATA_CONFIG_MISSING', fault: 'user' } });
    expect(exitCode).toBe(2);
  });

  it.each([
    { args: ['bild'], says: "unknown command 'bild'" },
    { args: ['build', '--plattform', 'x'], says: "unknown option '--plattform'" },
    { args: ['check'], says: "missing required argument 'image'" },
    { args: ['compare', '--vcpu', 'half'], says: '--vcpu is "half"' },
    { args: ['compare', '--memory', '0.5'], says: 'run.memoryMiB' },
  ])('$args: says what is wrong and ends with 2', { timeout: 60_000 }, async ({ args, says }) => {
    await using project = await fixtureProject();
    const { stderr, exitCode } = await run(project, args);
    expect(stderr).toContain(says);
    expect(exitCode).toBe(2);
  });
});
