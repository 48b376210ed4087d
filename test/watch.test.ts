import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { WatchDocument } from '../packages/cli/src/watch/watch-result.ts';
import { type LocalProject, localProject } from './support/local-project.ts';
import { processesWithVariable } from './support/processes.ts';
import { type WatchedProject, watchProject } from './support/watched-project.ts';

type Built = Extract<WatchDocument, { event: 'built' }>;

async function built(watched: WatchedProject): Promise<Built> {
  const line = await watched.next();
  if (line.event === 'built') return line;
  throw new Error(`It failed: ${JSON.stringify(line.error)}`);
}

async function failed(watched: WatchedProject): Promise<string> {
  const line = await watched.next();
  if (line.event === 'failed') return (line.error as { code: string }).code;
  throw new Error('It did not fail.');
}

const changedIn = (project: LocalProject, { changed }: WatchDocument) =>
  changed.map(({ path, how }) => `${how} ${path.slice(project.folder.length + 1)}`);

const program = (text: string) => `console.log('${text}');\n`;

/** As editors do that write beside: nobody ever sees half of it. */
function save(project: LocalProject, path: string, text: string): void {
  const file = join(project.folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}~`, text);
  renameSync(`${file}~`, file);
}

describe('catamaran build --watch', { timeout: 120_000 }, () => {
  it('builds again on every change of what it read, and says what is new', async () => {
    await using project = await localProject();
    const main = join(project.folder, 'src/main.ts');
    await using watched = watchProject(project);
    const first = await built(watched);
    expect(first).toMatchObject({ changed: [], difference: { platforms: ['linux/amd64', 'linux/arm64'] } });

    writeFileSync(main, program('two'));
    const second = await built(watched);
    expect(changedIn(project, second)).toEqual(['changed src/main.ts']);
    expect(second.digest).not.toBe(first.digest);
    expect(second.difference).toMatchObject({
      previousDigest: first.digest,
      platforms: ['linux/amd64', 'linux/arm64'],
      newLayers: [{ platforms: ['linux/amd64', 'linux/arm64'] }],
    });

    // Neither touching it nor writing the same again is a change: the next line is that of the change behind them.
    utimesSync(main, new Date(), new Date());
    writeFileSync(main, program('two'));
    writeFileSync(join(project.folder, 'README.md'), 'not read by the build');
    // As editors save that write beside.
    writeFileSync(`${main}~`, program('one'));
    renameSync(`${main}~`, main);
    const back = await built(watched);
    expect(changedIn(project, back)).toEqual(['changed src/main.ts']);
    expect(back.difference.previousDigest).toBe(second.digest);
    expect((await watched.end('SIGINT')).lines).toEqual([expect.stringContaining('CATA_INTERRUPTED')]);
  });

  it('gives the digests that builds of their own give', async () => {
    await using project = await localProject();
    await using watched = watchProject(project);
    await built(watched);
    save(project, 'src/main.ts', program('other'));
    const { digest } = await built(watched);
    await watched.end('SIGTERM');
    await project.succeed('cache', 'clear');
    expect((await project.succeed('build', '--layout', 'another')).trim()).toBe(digest);
  });

  it('goes on after a failure, and sees what mends it', async () => {
    await using project = await localProject();
    save(project, 'src/main.ts', 'const = ;\n');
    await using watched = watchProject(project);
    expect(await failed(watched)).toBe('CATA_BUNDLE_FAILED');
    save(project, 'src/main.ts', "import { far } from './deep/far.ts';\nconsole.log(far);\n");
    expect(await failed(watched)).toBe('CATA_BUNDLE_FAILED');
    // A folder that was not there, with a file that was looked for in vain. Both may be seen at once, or one by one.
    save(project, 'src/deep/far.ts', "export const far = 'far';\n");
    let line = await watched.next();
    if (line.event === 'failed') line = await watched.next();
    expect(line.event).toBe('built');
    expect(changedIn(project, line)).toEqual([expect.stringMatching(/^added src\/deep/)]);
    rmSync(join(project.folder, 'src/main.ts'));
    expect(await failed(watched)).toBe('CATA_ENTRY_MISSING');
    save(project, 'src/main.ts', program('again'));
    expect(changedIn(project, await built(watched))).toEqual(['added src/main.ts']);
  });

  it('sees a file that an import means from now on', async () => {
    await using project = await localProject();
    save(project, 'src/main.ts', "import './part';\n");
    save(project, 'src/part.js', program('JavaScript'));
    await using watched = watchProject(project);
    const { digest } = await built(watched);
    save(project, 'src/part.ts', program('TypeScript'));
    const line = await built(watched);
    expect(changedIn(project, line)).toEqual(['added src/part.ts']);
    expect(line.digest).not.toBe(digest);
  });

  it('loads the configuration anew, and what that imports', async () => {
    await using project = await localProject();
    const config = project.config('env: { GREETING: greeting },');
    save(project, 'catamaran.config.ts', `import { greeting } from './greeting.ts';\n${config}`);
    save(project, 'greeting.ts', "export const greeting: string = 'hello';\n");
    await using watched = watchProject(project, '--platform', 'linux/amd64');
    const { digest } = await built(watched);
    save(project, 'greeting.ts', "export const greeting: string = 'ahoy';\n");
    const line = await built(watched);
    expect(changedIn(project, line)).toEqual(['changed greeting.ts']);
    expect(line).toMatchObject({ difference: { previousDigest: digest, newLayers: [] } });
    expect(environmentOf(project, line)).toContain('GREETING=ahoy');
    save(project, 'catamaran.config.ts', project.config('envy: {},'));
    expect(await failed(watched)).toBe('CATA_CONFIG_INVALID');
    save(project, 'catamaran.config.ts', 'export default {');
    expect(await failed(watched)).toBe('CATA_CONFIG_FAILED');
    save(project, 'catamaran.config.ts', project.config("env: { GREETING: 'moin' },"));
    expect(environmentOf(project, await built(watched))).toContain('GREETING=moin');
  });

  it('ends a build of what has changed meanwhile, and begins again', async () => {
    await using project = await localProject();
    await using watched = watchProject(project);
    const { digest } = await built(watched);
    const mirror = await silentMirror();
    const source = `{ uri: '${mirror.url}', suites: ['bookworm'], signedBy: '/dev/null' }`;
    const text = readFileSync(join(project.folder, 'catamaran.config.ts'), 'utf8');
    save(project, 'catamaran.config.ts', text.replace('"sources":[', `"sources":[${source},`));
    await mirror.asked;
    save(project, 'catamaran.config.ts', text);
    const line = await built(watched);
    expect(line.digest).toBe(digest);
    expect(changedIn(project, line)).toEqual(['changed catamaran.config.ts']);
  });

  it('knows what the project’s own command writes from what a person does', async () => {
    await using project = await localProject();
    save(project, 'text.txt', 'first');
    save(
      project,
      'catamaran.config.ts',
      project.config().replace(
        "{ entry: 'src/main.ts' }",
        // Never twice the same, as what has the time in it.
        `{ entry: 'dist/main.mjs', build: 'mkdir -p dist; cp text.txt dist/main.mjs; date +%N >> dist/main.mjs', files: ['dist/**'] }`,
      ),
    );
    await using watched = watchProject(project);
    const lines = [await built(watched)];
    for (const text of ['second', 'third']) {
      save(project, 'text.txt', text);
      lines.push(await built(watched));
    }
    expect(lines.map((line) => changedIn(project, line))).toEqual([
      [],
      ['changed text.txt'],
      ['changed text.txt'],
    ]);
    expect(new Set(lines.map(({ digest }) => digest)).size).toBe(3);
    expect((await watched.end('SIGINT')).lines).toHaveLength(1);
  });

  it('writes outputs again when the image is another', async () => {
    await using project = await localProject();
    await using watched = watchProject(project, '--output', 'type=oci-archive,dest=app.tar');
    const first = await built(watched);
    const archive = join(project.folder, 'app.tar');
    const before = readFileSync(archive);
    expect(first.outputs).toMatchObject([{ dest: 'app.tar', digest: first.digest }]);
    save(project, 'src/main.ts', program('other'));
    const second = await built(watched);
    expect(second.outputs).toMatchObject([{ digest: second.digest }]);
    expect(readFileSync(archive).equals(before)).toBe(false);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends at %s, waiting or building, with nothing left running',
    async (signal) => {
      await using project = await localProject();
      const mark = randomUUID();
      const marked = { ...project, env: { ...project.env, CATAMARAN_TEST_MARK: mark } };
      const exitCode = signal === 'SIGINT' ? 130 : 143;
      await using waiting = watchProject(marked);
      await built(waiting);
      expect((await waiting.end(signal)).exitCode).toBe(exitCode);

      const mirror = await silentMirror();
      const source = `{ uri: '${mirror.url}', suites: ['bookworm'], signedBy: '/dev/null' }`;
      const text = project.config().replace('"sources":[', `"sources":[${source},`);
      save(project, 'catamaran.config.ts', text);
      await using building = watchProject(marked);
      await mirror.asked;
      expect((await building.end(signal)).exitCode).toBe(exitCode);
      const left = () => processesWithVariable(`CATAMARAN_TEST_MARK=${mark}`);
      await vi.waitFor(() => expect(left()).toEqual([]), { timeout: 10_000 });
    },
  );

  it('ends when nobody reads any more', async () => {
    await using project = await localProject();
    const shell = '"$0" "$@" | head -n 1 & sleep 0; wait';
    const running = project.run(['build', '--watch', '--quiet'], { shell, timeoutMs: 60_000 });
    const layout = join(project.folder, '.catamaran/layout/index.json');
    await vi.waitFor(() => expect(existsSync(layout)).toBe(true), { timeout: 60_000 });
    // The pipe is found closed by the line after the first one.
    let times = 0;
    const changing = setInterval(
      () => writeFileSync(join(project.folder, 'src/main.ts'), program(`${times++}`)),
      300,
    );
    const { exitCode, stdout } = await running.finally(() => clearInterval(changing));
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^sha256:[0-9a-f]{64}\n$/);
  });

  it.each([
    { flags: ['nowhere'], code: 'CATA_PROJECT_MISSING', quotes: '"nowhere"' },
    { flags: ['--platform', 'linux/s390x'], code: 'CATA_PLATFORM_INVALID', quotes: '"linux/s390x"' },
    { flags: ['--output', 'type=oci-archive,dest=-'], code: 'CATA_OUTPUT_INVALID', quotes: '--watch' },
    {
      flags: ['--output', 'type=oci-archive,dest=no/a.tar'],
      code: 'CATA_ARCHIVE_NOT_WRITABLE',
      quotes: '"no/a.tar"',
    },
    { flags: ['--load'], code: 'CATA_ENGINE_UNREACHABLE', quotes: 'unix:///no/engine.sock' },
  ])('does not wait for what no change mends: $code', async ({ flags, code, quotes }) => {
    await using project = await localProject();
    const env = { DOCKER_HOST: 'unix:///no/engine.sock' };
    const { exitCode, stdout, stderr } = await project.run(['build', '--watch', '--json', ...flags], { env });
    expect(stderr).toContain(`error ${code}`);
    expect(stderr).toContain(quotes);
    expect([2, 4]).toContain(exitCode);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ error: { code } }]);
  });
});

/** A mirror that never answers. */
async function silentMirror(): Promise<{ readonly url: string; readonly asked: Promise<void> }> {
  let hear = () => {};
  const asked = new Promise<void>((resolve) => {
    hear = resolve;
  });
  const server = createServer(() => hear());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function environmentOf(project: LocalProject, { platforms }: Built): readonly string[] {
  const blob = (digest = '') => {
    const path = join(project.folder, '.catamaran/layout/blobs/sha256', digest.replace('sha256:', ''));
    return JSON.parse(readFileSync(path, 'utf8'));
  };
  return blob(blob(platforms[0]?.digest).config.digest).config.Env;
}
