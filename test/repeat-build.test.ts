import { readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FixtureProject, fixtureProject } from './support/fixture-project.ts';
import { runCatamaran } from './support/run-catamaran.ts';

let project: FixtureProject;

beforeAll(async () => {
  project = await fixtureProject();
  await project.write(
    'catamaran.config.ts',
    `import { port } from './port.ts';
     export default { name: 'fixture', app: { entry: 'src/main.ts' }, port, env: { GREETING: process.env.GREETING ?? 'hello' } };`,
  );
  await project.write('port.ts', 'export const port = 3000;');
  await project.write('src/main.ts', `import { name } from './name.js';\nconsole.log(name);\n`);
  await project.write('src/name.ts', `export const name = 'first';\n`);
});
afterAll(() => project[Symbol.asyncDispose]());

interface Built {
  readonly digest: string;
  readonly isRepeated: boolean;
}

async function build(env: Record<string, string> = {}, args: readonly string[] = []): Promise<Built> {
  // What was changed a moment ago cannot be told from what changes while it is read; then nothing is recorded.
  await delay(50);
  const { exitCode, stdout, stderr } = await runCatamaran(['build', ...args], { cwd: project.folder, env });
  expect([exitCode, stderr]).toEqual([0, stderr]);
  return { digest: stdout.trim(), isRepeated: stderr.includes('unchanged') };
}

const indexPath = () => join(project.folder, '.catamaran', 'layout', 'index.json');
const blobPath = (digest: string) =>
  join(project.folder, '.catamaran', 'layout', 'blobs', 'sha256', digest.replace('sha256:', ''));

describe('a build with nothing to do', { timeout: 120_000 }, () => {
  it('says what the one before said, for people and for programs', async () => {
    const first = await build();
    expect(first.isRepeated).toBe(false);
    expect(await build()).toEqual({ digest: first.digest, isRepeated: true });
    const json = async () => {
      const { stdout } = await runCatamaran(['build', '--json', '-q'], { cwd: project.folder });
      return JSON.parse(stdout) as { durationMs: number; digest: string };
    };
    const [made, repeated] = [await json(), await json()];
    expect(repeated).toEqual({ ...made, durationMs: repeated.durationMs });
    const quiet = () => runCatamaran(['build', '-q'], { cwd: project.folder });
    await quiet();
    expect(await quiet()).toMatchObject({ stdout: `${first.digest}\n`, stderr: '' });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a source file', () => project.write('src/name.ts', `export const name = 'second';\n`)],
    ['a file that the configuration imports', () => project.write('port.ts', 'export const port = 3001;')],
    [
      'package.json',
      () =>
        project.write('package.json', JSON.stringify({ name: 'fixture', version: '2.0.0', type: 'module' })),
    ],
  ])('is made again when %s changes, and then repeated', async (_, change) => {
    const before = await build();
    await change();
    if (_ === 'package.json') {
      const text = await readFile(join(project.folder, 'package-lock.json'), 'utf8');
      await project.write('package-lock.json', text.replaceAll('1.0.0', '2.0.0'));
    }
    const after = await build();
    expect(after.isRepeated).toBe(false);
    expect(after.digest).not.toBe(before.digest);
    expect(await build()).toEqual({ digest: after.digest, isRepeated: true });
  });

  it('is made again for another environment, as far as the configuration reads it', async () => {
    const before = await build();
    const greeted = await build({ GREETING: 'good evening' });
    expect(greeted.isRepeated).toBe(false);
    expect(greeted.digest).not.toBe(before.digest);
    await build();
    expect(await build({ UNRELATED: 'yes' })).toEqual({ digest: before.digest, isRepeated: true });
  });

  it('is made again for another time of everything, and for one platform', async () => {
    const before = await build();
    expect((await build({ SOURCE_DATE_EPOCH: '86400' })).digest).not.toBe(before.digest);
    const one = await build({}, ['--platform', 'linux/arm64']);
    expect(one.isRepeated).toBe(false);
    // The name in the layout is now that of the index with one platform.
    expect(await build()).toEqual({ digest: before.digest, isRepeated: false });
  });

  it('is made again when there is a new file among those whose types are checked', async () => {
    const before = await build();
    await build();
    await project.write('src/wrong.ts', 'export const wrong: number = "text";\n');
    const { exitCode, stderr } = await runCatamaran(['build'], { cwd: project.folder });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('CATA_TYPES_WRONG')]);
    await project.remove('src/wrong.ts');
    expect((await build()).digest).toBe(before.digest);
  });

  it.each<[string, (digest: string) => Promise<void>]>([
    ['the layout', () => rm(join(project.folder, '.catamaran'), { recursive: true })],
    ['its list of names', () => writeFile(indexPath(), '{"schemaVersion":2,"manifests":[]}')],
    ['a blob', (digest) => rm(blobPath(digest))],
    ['the end of a blob', (digest) => truncate(blobPath(digest), 10)],
  ])('is stored again when %s is gone', async (_, damage) => {
    const { digest } = await build();
    await build();
    await damage(digest);
    expect(await build()).toEqual({ digest, isRepeated: false });
    expect(JSON.parse(await readFile(blobPath(digest), 'utf8'))).toMatchObject({ schemaVersion: 2 });
  });

  it('does not take a file for the same that was changed and given its old time', async () => {
    const before = await build();
    const path = join(project.folder, 'src/name.ts');
    const old = new Date(Date.now() - 3_600_000);
    await utimes(path, old, old);
    await build();
    await writeFile(path, `export const name = 'secret';\n`);
    await utimes(path, old, old);
    const after = await build();
    expect(after.isRepeated).toBe(false);
    expect(after.digest).not.toBe(before.digest);
  });

  it('runs a command of the project’s each time, as nobody knows what that reads', async () => {
    await project.write('template.txt', 'first');
    await project.write(
      'catamaran.config.ts',
      `const copies = 'mkdir -p dist && cmp -s template.txt dist/main.mjs || cp template.txt dist/main.mjs';
       export default { name: 'fixture', app: { entry: 'dist/main.mjs', build: copies, files: ['dist/**'] } };`,
    );
    const [first] = [await build(), await build()];
    expect(await build()).toEqual({ digest: first.digest, isRepeated: false });
    await project.write('template.txt', 'second');
    expect((await build()).digest).not.toBe(first.digest);
  });
});
