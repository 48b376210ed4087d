import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startedDockerEngine } from '../packages/oci/src/testing/docker-engine/started-docker-engine.ts';
import { startedPodmanService } from '../packages/oci/src/testing/podman-service.ts';
import { hasTools } from '../packages/oci/src/testing/tools.ts';
import { command } from './support/command.ts';
import { greeting, type LocalProject, localProject } from './support/local-project.ts';

const canRead = hasTools('skopeo');
const sha256 = (bytes: string | Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const skopeo = (...args: readonly string[]) => command('skopeo', '--insecure-policy', ...args);

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'catamaran-outputs-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

function output(project: LocalProject, fields: Readonly<Record<string, string>>): readonly string[] {
  const { dest = '', ...others } = fields;
  const all = { ...others, dest: dest === '-' ? dest : join(project.folder, dest) };
  return [
    '--output',
    Object.entries(all)
      .map((field) => field.join('='))
      .join(','),
  ];
}

describe.skipIf(!canRead)('catamaran build --output', () => {
  it('writes archives and layouts that skopeo reads, with the digest that was printed', async () => {
    await using project = await localProject();
    const printed = await project.succeed(
      'build',
      '--json',
      ...output(project, { type: 'oci-archive', dest: 'all.tar' }),
      ...output(project, { type: 'oci-archive', dest: 'arm.tar', platform: 'linux/arm64', name: 'ship:2' }),
      ...output(project, { type: 'oci', dest: 'other' }),
      ...output(project, { type: 'docker-archive', dest: 'docker.tar', platform: 'linux/arm64' }),
    );
    const document = JSON.parse(printed);
    const place = (kind: string, path: string) => `${kind}:${join(project.folder, path)}`;
    for (const image of [place('oci-archive', 'all.tar'), place('oci', 'other')]) {
      expect(sha256(await skopeo('inspect', '--raw', `${image}:fixture`))).toBe(document.digest);
    }
    const arm = JSON.parse(await skopeo('inspect', '--raw', `${place('oci-archive', 'arm.tar')}:ship:2`));
    const architecture = ({ platform }: { platform: { architecture: string } }) => platform.architecture;
    expect(arm.manifests.map(architecture)).toEqual(['arm64']);
    const saved = `${place('docker-archive', 'docker.tar')}:fixture:latest`;
    expect(JSON.parse(await skopeo('inspect', '--config', saved))).toMatchObject({ architecture: 'arm64' });
    expect(document.outputs).toMatchObject([
      {
        type: 'oci-archive',
        name: 'fixture',
        platforms: ['linux/amd64', 'linux/arm64'],
        digest: document.digest,
      },
      { type: 'oci-archive', name: 'ship:2', platforms: ['linux/arm64'] },
      { type: 'oci', name: 'fixture', digest: document.digest },
      { type: 'docker-archive', name: 'fixture:latest', platforms: ['linux/arm64'] },
    ]);
    expect(readdirSync(project.folder).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  it.each(['oci-archive', 'docker-archive'])(
    '%s to stdout is what the file is, and the digest is on stderr',
    async (type) => {
      await using project = await localProject();
      const fields = { type, platform: 'linux/amd64' };
      const digest = (
        await project.succeed('build', ...output(project, { ...fields, dest: 'a.tar' }))
      ).trim();
      // Bytes, which a text would not give back.
      const program = `exec "$0" "$@" > piped.tar`;
      const { stderr, exitCode } = await project.run(
        ['build', '--quiet', ...output(project, { ...fields, dest: '-' })],
        { shell: program },
      );
      expect(exitCode).toBe(0);
      expect(stderr).toBe(`${digest}\n`);
      const [file, piped] = ['a.tar', 'piped.tar'].map((name) => readFileSync(join(project.folder, name)));
      expect(sha256(piped ?? '')).toBe(sha256(file ?? ''));
    },
  );

  it('leaves what was there when the build fails', async () => {
    await using project = await localProject();
    writeFileSync(join(project.folder, 'old.tar'), 'what was there');
    await project.write('src/main.ts', 'const = ;\n');
    const { exitCode } = await project.run([
      'build',
      ...output(project, { type: 'oci-archive', dest: 'old.tar' }),
    ]);
    expect(exitCode).toBe(2);
    expect(readFileSync(join(project.folder, 'old.tar'), 'utf8')).toBe('what was there');
  });

  it.each([
    { given: 'type=docker,dest=a.tar', code: 'CATA_OUTPUT_INVALID', says: 'you may mean "docker-archive"' },
    {
      given: 'type=docker-archive,dest=a.tar',
      code: 'CATA_OUTPUT_INVALID',
      says: 'add platform=linux/amd64',
    },
    {
      given: 'type=oci-archive,dest=no/where.tar',
      code: 'CATA_ARCHIVE_NOT_WRITABLE',
      says: '"no/where.tar"',
    },
    { given: 'type=oci,dest=package.json', code: 'CATA_LAYOUT_NOT_WRITABLE', says: '"package.json"' },
    { given: 'type=oci-archive,dest=src', code: 'CATA_ARCHIVE_NOT_WRITABLE', says: '"src"' },
  ])('refuses $given before anything is built', async ({ given, code, says }) => {
    await using project = await localProject();
    const { exitCode, stderr } = await project.run(['build', '--output', given]);
    expect(stderr).toContain(`error ${code}`);
    expect(stderr).toContain(says);
    expect(exitCode).toBe(code === 'CATA_OUTPUT_INVALID' ? 2 : 4);
    expect(existsSync(join(project.folder, '.catamaran'))).toBe(false);
  });

  it('refuses stdout for two, and together with --json', async () => {
    await using project = await localProject();
    const stdout = output(project, { type: 'oci-archive', dest: '-' });
    const twice = await project.run(['build', ...stdout, ...stdout]);
    expect(twice).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('only one can go to stdout'),
    });
    const json = await project.run(['build', '--json', ...stdout]);
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'CATA_OUTPUT_INVALID' } });
  });
});

describe('catamaran build --load', () => {
  it('is run by Docker', async ({ skip }) => {
    const docker = await startedDockerEngine(temporaryFolder());
    if (typeof docker === 'string') return skip(docker);
    await using project = await localProject();
    const env = { DOCKER_HOST: docker.env.DOCKER_HOST };
    const built = await project.run(['build', '--json', '--load', '--tag', '1.2', '--tag', 'latest'], {
      env,
    });
    expect(JSON.parse(built.stdout).loaded).toMatchObject({
      engine: expect.stringMatching(/^Docker /),
      address: docker.env.DOCKER_HOST,
      names: ['fixture:1.2', 'fixture:latest'],
      platforms: [process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64'],
    });
    for (const name of ['fixture', 'fixture:1.2']) {
      expect(await docker.docker('run', '--rm', '--network', 'none', name)).toBe(greeting);
    }
    const foreign = process.arch === 'arm64' ? 'amd64' : 'arm64';
    const loaded = await project.run(['build', '--load', '-p', `linux/${foreign}`, '-t', 'foreign'], { env });
    expect(loaded.stderr).toContain('needs emulation there');
    const inspected = await docker.docker(
      'image',
      'inspect',
      '--format',
      '{{.Architecture}}',
      'fixture:foreign',
    );
    expect(inspected.trim()).toBe(foreign);
  }, 60_000);

  it('is run by Podman, whose socket is found where Podman has it', async ({ skip }) => {
    const folder = temporaryFolder();
    const podman = await startedPodmanService(folder, join('podman', 'podman.sock'));
    if (typeof podman === 'string') return skip(podman);
    await using project = await localProject();
    const env = { XDG_RUNTIME_DIR: folder, DOCKER_HOST: undefined, DOCKER_CONTEXT: undefined };
    const built = await project.run(['build', '--load'], { env });
    expect(built.stderr).toMatch(/→ Podman [\d.]+: fixture:latest/);
    const output = await podman.output('fixture');
    if (output === undefined) return skip('Podman may run no containers here.');
    expect(output).toBe(greeting);
  }, 60_000);

  it('says what was tried where none answers, before anything is built', async () => {
    await using project = await localProject();
    const env = { DOCKER_HOST: 'unix:///no/docker.sock' };
    const { exitCode, stderr } = await project.run(['build', '--load'], { env });
    expect(stderr).toContain('error CATA_ENGINE_UNREACHABLE');
    expect(stderr).toContain('unix:///no/docker.sock (DOCKER_HOST): there is no such socket');
    expect(exitCode).toBe(4);
    expect(existsSync(join(project.folder, '.catamaran'))).toBe(false);
  });

  it('refuses --tag without it', async () => {
    await using project = await localProject();
    const { exitCode, stderr } = await project.run(['build', '--tag', '1.2']);
    expect(stderr).toContain('--tag 1.2 names an image in Docker or Podman');
    expect(exitCode).toBe(2);
  });
});
