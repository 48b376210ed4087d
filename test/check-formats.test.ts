import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, file, layoutStore } from '@catamaran/oci';
import { beforeAll, expect, it } from 'vitest';
import type { SarifLog } from '../packages/check/src/formats/sarif-types.ts';
import { elfBytes } from '../packages/check/src/testing/elf-bytes.ts';
import { sarifFaults } from '../packages/check/src/testing/sarif-schema.ts';
import { config, fixtureProject } from './support/fixture-project.ts';
import { plantedIndex, plantedPart } from './support/planted-layers.ts';
import { runCatamaran } from './support/run-catamaran.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const repository = temporaryFolder();
const folder = join(repository, 'services', 'app');

beforeAll(async () => {
  mkdirSync(join(repository, '.git'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\n');
  const part = await plantedPart('COPY', file('app/arm.node', elfBytes({ machine: 183 })));
  const index = await plantedIndex([part], { User: '65532', Cmd: ['/app/arm.node'] });
  await layoutStore(join(folder, '.catamaran', 'layout')).put({ repository: 'app' }, index, createContext());
});

function check(...flags: readonly string[]) {
  return runCatamaran(['check', 'app', ...flags], {
    cwd: folder,
    env: { XDG_CACHE_HOME: join(repository, 'cache') },
  });
}

it('--format sarif is SARIF on stdout, and nothing else, the same each time', async () => {
  const { exitCode, stdout } = await check('--format', 'sarif');
  expect(exitCode).toBe(1);
  const log = JSON.parse(stdout);
  expect(sarifFaults(log)).toBeUndefined();
  expect(log.runs).toMatchObject([
    { automationDetails: { id: 'catamaran/app/linux/amd64/' } },
    { automationDetails: { id: 'catamaran/app/linux/arm64/' } },
  ]);
  const [wrong] = log.runs[0].results.filter(({ ruleId }: { ruleId: string }) => ruleId === 'machine');
  expect(wrong).toMatchObject({
    level: 'error',
    locations: [{ physicalLocation: { artifactLocation: { uri: 'services/app/Dockerfile' } } }],
    properties: { imagePath: '/app/arm.node' },
  });
  expect((await check('--format', 'sarif')).stdout).toBe(stdout);
});

it('--format github is a line for each finding', async () => {
  const { exitCode, stdout } = await check('--format', 'github', '--platform', 'linux/amd64');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    /^::error file=services\/app\/Dockerfile,title=[^\n]*::\/app\/arm\.node [^\n]*amd64/m,
  );
  expect(stdout).toMatch(/^(?:::(?:error|warning|notice) [^\n]*\n)+$/);
});

it('--format json is what --json is, and no other format is both', async () => {
  expect((await check('--format', 'json')).stdout).toBe((await check('--json')).stdout);
  expect(await check('--format', 'sarif', '--json')).toMatchObject({ exitCode: 2 });
  expect(await check('--format', 'xml')).toMatchObject({ exitCode: 2 });
});

it('tells of a Dockerfile at its lines', async () => {
  const text = 'FROM --platform=linux/arm64 node:24\nRUN npm ci\n';
  writeFileSync(join(folder, 'Dockerfile.emulated'), text);
  const flags = ['--builder-platform', 'linux/amd64', '--platform', 'linux/arm64'];
  const run = (format: string) =>
    runCatamaran(['check', 'Dockerfile.emulated', ...flags, '--format', format], { cwd: folder });
  const log = JSON.parse((await run('sarif')).stdout);
  expect(sarifFaults(log)).toBeUndefined();
  const emulated = log.runs[0].results.find(
    (result: { ruleId: string }) => result.ruleId === 'dockerfile-emulated',
  );
  expect(emulated.locations[0].physicalLocation).toMatchObject({
    artifactLocation: { uri: 'services/app/Dockerfile.emulated' },
    region: { startLine: 2 },
  });
  expect((await run('github')).stdout).toMatch(/ file=services\/app\/Dockerfile\.emulated,line=2,title=/);
});

it('build --check-report writes what the check found, whether or not it lets the image pass', {
  timeout: 120_000,
}, async () => {
  await using project = await fixtureProject();
  const env = { XDG_CACHE_HOME: join(repository, 'cache') };
  const build = () =>
    runCatamaran(['build', '--check-report', 'reports/check.sarif'], { cwd: project.folder, env });
  const report = () => JSON.parse(readFileSync(join(project.folder, 'reports', 'check.sarif'), 'utf8'));
  const errorsIn = (log: SarifLog) =>
    log.runs.map(({ results }) =>
      results.filter(({ level }) => level === 'error').map(({ ruleId }) => ruleId),
    );

  const files = config('').replace(
    "{ entry: 'src/main.ts' }",
    "{ entry: 'src/main.mjs', files: ['src/**'] }",
  );
  await project.write('catamaran.config.ts', files);
  await project.write('src/main.mjs', '');
  writeFileSync(join(project.folder, 'src', 'addon.node'), elfBytes({ machine: 183 }));
  expect(await build()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('CATA_CHECK_FAILED') });
  expect(errorsIn(report())).toEqual([['machine'], []]);
  expect(report().runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(
    'catamaran.config.ts',
  );

  const reason = 'nothing loads it';
  const ignored = `check: { ignore: [{ rule: 'machine', path: '/**/*.node', reason: '${reason}' }] },`;
  await project.write('catamaran.config.ts', files.replace('port: 3000,', `port: 3000, ${ignored}`));
  const passed = await build();
  expect(passed).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('fixture in') });
  expect(sarifFaults(report())).toBeUndefined();
  expect(report().runs[0].results[0]).toMatchObject({
    ruleId: 'machine',
    suppressions: [{ kind: 'external', justification: reason }],
  });
});
