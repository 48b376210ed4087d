import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Architecture, hostPlatform } from '@catamaran/oci';
import { parseRunRecord, type RunRecord } from '@catamaran/report';
import { beforeAll, describe, expect, it } from 'vitest';
import { leftovers } from '../packages/run/src/testing/leftovers.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { copyRepository } from './support/copy-repository.ts';
import { processesInContainersOf, processesWithVariable } from './support/processes.ts';
import { type ProgramResult, runCatamaran } from './support/run-catamaran.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const own = hostPlatform()?.architecture ?? 'amd64';
const foreign: Architecture = own === 'amd64' ? 'arm64' : 'amd64';
const emulator = { amd64: 'qemu-x86_64-static', arm64: 'qemu-aarch64-static' }[foreign];
const mark = 'CATAMARAN_TEST';

const tools = await requireTools('runc', 'nsenter', emulator);

describe.skipIf(!tools)('catamaran compare', { timeout: 180_000 }, () => {
  const folder = temporaryFolder();
  const reports = join(folder, '.catamaran', 'reports');
  const report = (ending: string) => {
    const names = readdirSync(reports).filter((name) => name.endsWith(ending));
    expect(names).toEqual([expect.stringMatching(/^bookstore-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\./)]);
    return join(reports, names[0] ?? '');
  };
  const env = { XDG_CACHE_HOME: join(folder, 'cache'), [mark]: folder };
  let result: ProgramResult;
  let record: RunRecord;

  beforeAll(async () => {
    const copy = join(folder, 'repository');
    await copyRepository(copy);
    const project = join(copy, 'samples', 'bookstore');
    edit(join(project, 'load.yml'), /duration: (18|6|12)$/gm, 'duration: 1');
    edit(join(project, 'catamaran.config.ts'), "load: 'load.yml'", "load: 'load.yml', warmupSeconds: 1");
    result = await runCatamaran(['compare', project, '-e', 'quick', '--json'], {
      cwd: folder,
      env,
      timeoutMs: 170_000,
    });
    // What it said is what helps when it has failed.
    expect(result, result.stderr).toMatchObject({ exitCode: 0 });
    record = parseRunRecord(result.stdout, 'stdout');
  }, 180_000);

  it('measures both platforms, and says which of them was only emulated', () => {
    expect(record.load).toMatchObject({
      environment: 'quick',
      warmupMs: 1000,
      phases: [
        { name: 'books', durationMs: 1000, ratePerSecond: 50, scenarios: ['list books'] },
        { name: 'categories', durationMs: 1000, ratePerSecond: 100, scenarios: ['list categories'] },
        { name: 'orders', durationMs: 1000, ratePerSecond: 80, scenarios: ['list orders'] },
      ],
    });
    const targets = new Map(record.targets.map((target) => [target.platform, target]));
    expect([...targets.keys()].sort()).toEqual(['linux/amd64', 'linux/arm64']);
    for (const architecture of [own, foreign]) {
      const target = targets.get(`linux/${architecture}`);
      expect(target).toMatchObject({
        emulated: architecture === foreign,
        architecture: { value: architecture, confirmedBy: ['elf header', 'health response'] },
      });
      for (const phase of target?.phases ?? []) expect(phase.sent + phase.dropped).toBe(phase.scheduled);
    }
    const [books, categories, orders] = targets.get(`linux/${own}`)?.phases ?? [];
    expect([books, categories, orders]).toMatchObject([
      { scheduled: 50, completed: 50, statusCodes: { 200: 50 }, failed: {} },
      { scheduled: 100, completed: 100, statusCodes: { 200: 100 }, failed: {} },
      { scheduled: 80, completed: 80, statusCodes: { 200: 80 }, failed: {} },
    ]);
  });

  it('refuses a verdict, because one was emulated', () => {
    expect(record.verdict.outcome).toBe('refused');
    expect(record.verdict.reasons).toContainEqual(
      expect.objectContaining({ code: 'emulated', platform: `linux/${foreign}` }),
    );
  });

  it('prints the record that it writes, and nothing else', () => {
    const written = report('.json');
    expect(JSON.parse(result.stdout)).toEqual(JSON.parse(readFileSync(written, 'utf8')));
    expect(parseRunRecord(readFileSync(written, 'utf8'), written)).toEqual(record);
  });

  it('writes an HTML report of both, which can be made again from the record', async () => {
    const html = readFileSync(report('.html'), 'utf8');
    for (const words of ['linux/amd64', 'linux/arm64', 'functional check only'])
      expect(html).toContain(words);

    const again = join(folder, 'again.html');
    const { exitCode, stdout } = await runCatamaran(['report', report('.json'), '--html', again], {
      cwd: folder,
      env,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('functional check only');
    expect(readFileSync(again, 'utf8')).toBe(html);
  });

  it('leaves nothing running, mounted or lying around', () => {
    const bundles = join(folder, '.catamaran', 'run');
    expect(existsSync(bundles)).toBe(true);
    expect(leftovers(bundles, result.pid)).toEqual([]);
    expect(processesInContainersOf(result.pid)).toEqual([]);
    expect(processesWithVariable(`${mark}=${folder}`)).toEqual([]);
    expect(readdirSync(reports)).toHaveLength(2);
  });
});

function edit(path: string, what: string | RegExp, by: string): void {
  const before = readFileSync(path, 'utf8');
  const after = before.replaceAll(what, by);
  if (after === before) throw new Error(`${path} has nothing to replace`);
  writeFileSync(path, after);
}
