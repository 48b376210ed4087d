import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftovers } from '../packages/run/src/testing/leftovers.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { config, type FixtureProject, fixtureProject } from './support/fixture-project.ts';
import { type ProgramResult, runCatamaran } from './support/run-catamaran.ts';

const service = `
import { createServer } from 'node:http';
createServer((_, response) => response.end('{}')).listen(process.env.PORT);
process.on('SIGTERM', () => process.exit(0));
`;
/** Three seconds of load for each of warm-up and measurement: time enough to be interrupted in. */
const load = 'config:\n  phases: [{ duration: 3, arrivalRate: 20 }]\nscenarios: [{ flow: [{ get: / }] }]\n';

const canRun = await requireTools('runc', 'nsenter', 'qemu-aarch64-static');

let cacheFolder = '';

beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'catamaran-cache-'));
  await using project = await fixtureProject();
  const { exitCode, stderr } = await run(project, ['build', '.']);
  expect(stderr).toContain('ELF files fit');
  expect(exitCode).toBe(0);
}, 180_000);

afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

function run(
  project: FixtureProject,
  args: readonly string[],
  options: Partial<Parameters<typeof runCatamaran>[1]> = {},
): Promise<ProgramResult> {
  return runCatamaran(args, {
    cwd: project.folder,
    timeoutMs: 150_000,
    ...options,
    env: { XDG_CACHE_HOME: cacheFolder, ...options.env },
  });
}

function expectNothingLeft(project: FixtureProject, { pid }: ProgramResult): void {
  const folder = join(project.folder, '.catamaran', 'run');
  if (existsSync(folder)) expect(leftovers(folder, pid)).toEqual([]);
}

describe('Ctrl-C', () => {
  it('while a mirror is slow: ends with 130 and leaves no layout and no half-written file', {
    timeout: 60_000,
  }, async () => {
    await using project = await fixtureProject();
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const source = `{ uri: 'http://127.0.0.1:${port}', suites: ['bookworm'], signedBy: '/dev/null' }`;
      await project.write('catamaran.config.ts', config(`base: { sources: [${source}] },`));
      const result = await run(project, ['build', '.'], {
        env: { XDG_CACHE_HOME: join(project.folder, 'cache') },
        signalAfter: { stderr: /Application bundle/, signal: 'SIGINT' },
      });
      expect(result.exitCode).toBe(130);
      expect(result.stderr).toContain('stopped by SIGINT; nothing is left running.');
      expect(existsSync(join(project.folder, '.catamaran'))).toBe(false);
      const files = await readdir(project.folder, { recursive: true });
      expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('while the project’s own command runs: ends all of it, and leaves nothing', async () => {
    await using project = await fixtureProject();
    // The shell's parent is the program.
    const build = 'sleep 61 & echo $! > pid; kill -INT $PPID; wait';
    await project.write('catamaran.config.ts', config(`app: { entry: 'src/main.ts', build: '${build}' },`));
    const result = await run(project, ['build', '.']);
    expect(result.exitCode).toBe(130);
    expect(result.stderr).toContain('stopped by SIGINT; nothing is left running.');
    const pid = await readFile(join(project.folder, 'pid'), 'utf8');
    const status = await readFile(`/proc/${pid.trim()}/status`, 'utf8').catch(() => 'gone');
    expect(status).toMatch(/^gone$|^State:\s+Z/m);
    expect(existsSync(join(project.folder, '.catamaran'))).toBe(false);
  });

  const stops = [
    {
      when: 'while an image is unpacked',
      after: /Every binary against its platform/,
      signal: 'SIGINT',
      exitCode: 130,
    },
    {
      when: 'while a service starts',
      after: /Unpacking fixture for linux\/amd64/,
      signal: 'SIGINT',
      exitCode: 130,
    },
    { when: 'while it warms up', after: /Start linux\/amd64/, signal: 'SIGTERM', exitCode: 143 },
    { when: 'while it is measured', after: /Warm up linux\/amd64/, signal: 'SIGINT', exitCode: 130 },
    {
      when: 'while an emulated service starts',
      after: /Unpacking fixture for linux\/arm64/,
      signal: 'SIGINT',
      exitCode: 130,
    },
  ] as const;

  it.runIf(canRun).each(stops)(
    '$when: nothing is left',
    { timeout: 150_000 },
    async ({ after, signal, exitCode }) => {
      await using project = await fixtureProject();
      await project.write('src/main.ts', service);
      await project.write('load.yml', load);
      await project.write('catamaran.config.ts', config('run: { warmupSeconds: 3 },'));
      const result = await run(project, ['compare', '.'], { signalAfter: { stderr: after, signal } });
      expect(result.stderr).toContain(`stopped by ${signal}`);
      expect(result.exitCode).toBe(exitCode);
      expectNothingLeft(project, result);
      expect(existsSync(join(project.folder, '.catamaran', 'reports'))).toBe(false);
    },
  );
});

describe.runIf(canRun)('a service that does not come up', () => {
  it('never answers: its own last lines are shown, and nothing is left', { timeout: 60_000 }, async () => {
    await using project = await fixtureProject();
    await project.write('src/main.ts', "console.log('listening nowhere');\nsetInterval(() => {}, 1000);\n");
    await project.write('catamaran.config.ts', config('run: { startTimeoutSeconds: 2 },'));
    const result = await run(project, ['compare', '.', '-p', 'linux/amd64']);
    expect(result.stderr).toContain('error CATA_HEALTH_TIMEOUT');
    expect(result.stderr).toContain('ECONNREFUSED');
    expect(result.stderr).toContain('listening nowhere');
    expect(result.exitCode).toBe(2);
    expectNothingLeft(project, result);
  });

  it('ends by itself: how, and its last words', { timeout: 60_000 }, async () => {
    await using project = await fixtureProject();
    await project.write(
      'src/main.ts',
      "setTimeout(() => {\n  console.error('no database');\n  process.exit(7);\n}, 500);\n",
    );
    const result = await run(project, ['compare', '.', '-p', 'linux/amd64']);
    expect(result.stderr).toContain('error CATA_SERVICE_EXITED');
    expect(result.stderr).toContain('exit code 7');
    expect(result.stderr).toContain('no database');
    expect(result.exitCode).toBe(2);
    expectNothingLeft(project, result);
  });
});
