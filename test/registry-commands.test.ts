import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, describeRaw, type ImageIndex, layoutStore, mediaTypes } from '@catamaran/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImageDocument } from '../packages/cli/src/inspect/image-document.ts';
import type { InspectDocument } from '../packages/cli/src/inspect/inspect-document.ts';
import { makeCertificate } from '../packages/oci/src/testing/certificate.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { command } from './support/command.ts';
import { type Registry, startRegistry } from './support/docker-registry.ts';
import { exampleIndex, execution } from './support/example-index.ts';
import { exampleSignature, signatureType } from './support/example-signature.ts';
import { startForwardProxy } from './support/forward-proxy.ts';
import { writePasswordFile } from './support/password-file.ts';
import { type ProgramResult, runCatamaran } from './support/run-catamaran.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const tools = await requireTools('skopeo', 'docker-registry', 'htpasswd', 'openssl');

const sha256 = (bytes: string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const skopeo = (...args: readonly string[]) => command('skopeo', '--insecure-policy', ...args);
const digestPattern = /^sha256:[0-9a-f]{64}$/;

describe.skipIf(!tools)('images in places', { timeout: 60_000 }, () => {
  const folder = temporaryFolder();
  const layout = join(folder, '.catamaran', 'layout');
  let example: ImageIndex;
  let registry: Registry;
  let app: string;
  let digests: readonly string[];

  beforeAll(async () => {
    example = await exampleIndex();
    await layoutStore(layout).put({ repository: 'app' }, example, createContext());
    mkdirSync(join(folder, 'storage'));
    registry = await startRegistry(join(folder, 'storage'), { canDelete: true });
    app = `${registry.address}/team/app:1`;
    digests = (await example.manifest()).value.manifests.map(({ digest }) => digest);
    await succeed('copy', 'app', app);
    return () => registry[Symbol.asyncDispose]();
  });

  function run(...args: readonly string[]): Promise<ProgramResult> {
    const env = { XDG_CACHE_HOME: join(folder, 'cache'), HOME: join(folder, 'home') };
    return runCatamaran(args, { cwd: folder, env });
  }

  async function succeed(...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await run(...args);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    return stdout;
  }

  async function document<T>(...args: readonly string[]): Promise<T> {
    return JSON.parse(await succeed(...args, '--json')) as T;
  }

  describe('inspect', () => {
    it('shows an index with its platforms, and what is no image as what it is', async () => {
      const stdout = await succeed('inspect', app);
      const lines = stdout.split('\n');
      expect(lines[0]).toBe(app);
      expect(stdout).toContain(mediaTypes.index);
      expect(stdout).toContain('org.opencontainers.image.title=example');
      for (const [at, platform] of ['linux/amd64', 'linux/arm64', 'linux/s390x'].entries()) {
        expect(lines.find((line) => line.startsWith(platform))).toMatch(
          new RegExp(`${digests[at]} +2 +\\d+ B$`),
        );
      }
      const attestation = lines.find((line) => line.startsWith('attestation of linux/amd64'));
      expect(attestation).toContain(digests[3]);
      expect(attestation).toContain('https://spdx.dev/Document');
      expect(stdout).not.toContain('unknown');
    });

    it('shows an image with what it is started with, and the line that made each layer', async () => {
      const stdout = await succeed('inspect', app, '--platform', 'linux/arm64');
      for (const text of [
        digests[1] ?? '',
        'linux/arm64',
        '2026-01-02T03:04:05Z',
        '65532:65532',
        '["/bin/app","--flag"]',
        '["serve","now"]',
        'GREETING=hello world',
        '3000/tcp',
        'SIGQUIT',
        '/srv',
        'org.example.team=boats',
      ]) {
        expect(stdout).toContain(text);
      }
      expect(stdout).toMatch(/\d+ B {2}sha256:[0-9a-f]{64} {2}COPY shared.txt \/srv\n/);
      expect(stdout).toMatch(/\d+ B {2}sha256:[0-9a-f]{64} {2}RUN make arm64\n/);
      expect(stdout, 'a label cannot clear the screen').not.toContain('\u001b');
    });

    it('--raw and --config are the bytes that skopeo has', async () => {
      const remote = `docker://${app}`;
      const insecure = '--tls-verify=false';
      const raw = await succeed('inspect', app, '--raw');
      expect(raw).toBe(await skopeo('inspect', '--raw', insecure, remote));
      expect(raw).toBe(Buffer.from((await example.manifest()).bytes).toString());
      const image = await succeed('inspect', app, '--raw', '--platform', 'linux/arm64');
      expect(sha256(image)).toBe(digests[1]);
      const config = await succeed('inspect', app, '--config', '--platform', 'linux/arm64');
      const arm64 = ['--override-arch', 'arm64', 'inspect', '--config', '--raw', insecure, remote];
      expect(config).toBe(await skopeo(...arm64));
    });

    it('--json has all that skopeo inspect has', async () => {
      const shown = JSON.parse(
        await skopeo('--override-arch', 'arm64', 'inspect', '--tls-verify=false', `docker://${app}`),
      );
      const image = await document<ImageDocument>('inspect', app, '--platform', 'linux/arm64');
      expect(image.layers.map(({ digest }) => digest)).toEqual(shown.Layers);
      expect(image).toMatchObject({
        env: shown.Env,
        labels: shown.Labels,
        created: shown.Created,
        platform: `${shown.Os}/${shown.Architecture}`,
      });
    });

    it('--json of an index is one document with every image in it', async () => {
      const shown = await document<InspectDocument>('inspect', app);
      expect(shown).toMatchObject({
        reference: app,
        kind: 'index',
        digest: sha256(Buffer.from((await example.manifest()).bytes).toString()),
        images: [
          { kind: 'image', digest: digests[0], platform: 'linux/amd64', cmd: execution.Cmd },
          { digest: digests[1], platform: 'linux/arm64', exposedPorts: ['3000/tcp'] },
          { digest: digests[2], platform: 'linux/s390x', stopSignal: 'SIGQUIT' },
        ],
        attachments: [{ kind: 'attestation', platform: 'linux/amd64', types: ['https://spdx.dev/Document'] }],
        annotations: { 'org.opencontainers.image.title': 'example' },
        referrers: [],
      });
    });

    it('is the same from wherever the image is', async () => {
      await succeed('copy', app, 'oci-archive:app.tar');
      const { reference: _, ...remote } = await document<InspectDocument>('inspect', app);
      for (const place of ['app', `oci:${layout}:app`, 'oci-archive:app.tar']) {
        const { reference: __, ...local } = await document<InspectDocument>('inspect', place);
        expect(local).toEqual(remote);
      }
    });

    it('shows what is attached to an image, and that it is no image itself', async () => {
      const signed = `${registry.address}/team/signed`;
      await succeed('copy', app, `${signed}:1`);
      const index = await example.manifest();
      const signature = exampleSignature(describeRaw(mediaTypes.index, index));
      const { digest } = await layoutStore(layout).put(
        { repository: 'signature' },
        signature,
        createContext(),
      );
      await succeed('copy', 'signature', `${signed}@${digest}`);

      const stdout = await succeed('inspect', `${signed}:1`);
      expect(stdout).toMatch(new RegExp(`attached\n${digest} {2}${signatureType}\n$`));
      expect(await document('inspect', `${signed}:1`)).toMatchObject({
        referrers: [{ digest, artifactType: signatureType }],
      });
      const shown = await succeed('inspect', `${signed}@${digest}`);
      expect(shown).toMatch(new RegExp(`artifact +${signatureType}\n`));
      expect(shown).toMatch(new RegExp(`about +${describeRaw(mediaTypes.index, index).digest}\n`));
      expect(shown).toContain('org.example.signer=skipper');
      const { stderr } = await run('inspect', `${signed}@${digest}`, '--config');
      expect(stderr).toContain('CATA_IMAGE_EXPECTED');
    });

    it('shows an attestation by itself as one', async () => {
      const repository = `${registry.address}/team/app`;
      expect(await document('inspect', `${repository}@${digests[3]}`)).toMatchObject({
        kind: 'artifact',
        artifactType: 'application/vnd.in-toto+json',
        blobs: [{ annotations: { 'in-toto.io/predicate-type': 'https://spdx.dev/Document' } }],
      });
    });

    it('shows an index of which some images were left behind', async () => {
      const sparse = `${registry.address}/team/sparse`;
      await succeed('copy', app, `${sparse}:all`);
      await succeed('delete', `${sparse}@${digests[2]}`);
      const stdout = await succeed('inspect', `${sparse}:all`);
      expect(stdout).toMatch(new RegExp(`linux/s390x, not there +${digests[2]}`));
      expect(stdout).toMatch(new RegExp(`linux/arm64 +${digests[1]}`));
    });
  });

  describe('digest', () => {
    it('is what a name stands for, on one line', async () => {
      const raw = await skopeo('inspect', '--raw', '--tls-verify=false', `docker://${app}`);
      expect(await succeed('digest', app)).toBe(`${sha256(raw)}\n`);
      expect(await succeed('digest', 'app')).toBe(`${sha256(raw)}\n`);
      expect(await succeed('digest', app, '-p', 'linux/s390x')).toBe(`${digests[2]}\n`);
      expect(await document('digest', app)).toMatchObject({ reference: app, mediaType: mediaTypes.index });
    });
  });

  describe('tags', () => {
    it('are the ones that skopeo lists, one on each line', async () => {
      const repository = `${registry.address}/team/tagged`;
      for (const tag of ['1', '2', 'latest']) await succeed('copy', app, `${repository}:${tag}`);
      const listed = JSON.parse(await skopeo('list-tags', '--tls-verify=false', `docker://${repository}`));
      const stdout = await succeed('tags', repository);
      expect(stdout.trimEnd().split('\n').sort()).toEqual(listed.Tags.sort());
      expect(await document('tags', repository)).toMatchObject({
        repository,
        tags: expect.arrayContaining(['1', '2', 'latest']),
      });
    });
  });

  describe('copy', () => {
    it('from one repository to another sends no blob', async () => {
      const to = `${registry.address}/other/app:1`;
      const copied = await document<{ registries: readonly object[] }>('copy', app, to);
      expect(copied).toMatchObject({ from: app, to, leftOut: [], digest: await digestOf('app') });
      expect(copied.registries).toEqual([
        expect.objectContaining({ blobs: { sent: 0, mounted: expect.any(Number), present: 0 } }),
      ]);
      expect(await digestOf(to)).toBe(await digestOf(app));
    });

    it('to another registry goes through, and skopeo reads it', async () => {
      mkdirSync(join(folder, 'other'));
      await using other = await startRegistry(join(folder, 'other'));
      const to = `${other.address}/app:2`;
      expect(await succeed('copy', app, to)).toBe(`${to}@${await digestOf(app)}\n`);
      const raw = await skopeo('inspect', '--raw', '--tls-verify=false', `docker://${to}`);
      expect(sha256(raw)).toBe(await digestOf(app));
    });

    it('of some platforms says what was left out, and that the digest is another one', async () => {
      const to = `${registry.address}/team/some:1`;
      const { stdout, stderr } = await run('copy', app, to, '-p', 'linux/arm64,linux/s390x');
      expect(stdout).toMatch(new RegExp(`^${to}@sha256:[0-9a-f]{64}\n$`));
      expect(stdout).not.toContain(await digestOf(app));
      expect(stderr).toContain('left out: linux/amd64, attestation of linux/amd64');
      expect(stderr).toContain(`the one with all is ${await digestOf(app)}`);
      const shown = await document<InspectDocument>('inspect', to);
      expect(shown).toMatchObject({ images: [{ digest: digests[1] }, { digest: digests[2] }] });
    });

    it('into a Docker archive and back is an image that skopeo reads', async () => {
      await succeed('copy', app, 'docker-archive:app.docker.tar', '--platform', 'linux/amd64');
      const names = JSON.parse(await skopeo('list-tags', `docker-archive:${join(folder, 'app.docker.tar')}`));
      expect(names.Tags).toEqual(['app:1']);
      const image = await document<ImageDocument>('inspect', 'docker-archive:app.docker.tar');
      expect(image).toMatchObject({ platform: 'linux/amd64', entrypoint: execution.Entrypoint });
    });
  });

  describe('pull', () => {
    it('puts an image into the layout under the name that it has, or a given one', async () => {
      const digest = await digestOf(app);
      expect(await succeed('pull', app)).toBe(`${digest}\n`);
      expect(await digestOf('app:1')).toBe(digest);
      expect(await succeed('pull', app, 'mine:2', '--platform', 'linux/arm64')).toMatch(/^sha256:/);
      expect(await document('inspect', 'mine:2')).toMatchObject({
        kind: 'index',
        images: [{ digest: digests[1] }],
      });
    });
  });

  describe('check', () => {
    it('judges an image in a registry, and a single image by what it says it is for', async () => {
      const all = await succeed('check', app);
      expect(all).toBe('linux/amd64  0 ELF files, 0 findings\nlinux/arm64  0 ELF files, 0 findings\n');
      const single = `${registry.address}/team/app@${digests[1]}`;
      expect(await succeed('check', single)).toBe('linux/arm64  0 ELF files, 0 findings\n');
      expect(await succeed('check', 'app', '-p', 'linux/amd64')).toBe(
        'linux/amd64  0 ELF files, 0 findings\n',
      );
    });
  });

  describe('delete', () => {
    it('takes an image away by its digest, and says so', async () => {
      const repository = `${registry.address}/team/gone`;
      await succeed('copy', app, `${repository}:1`);
      const name = `${repository}@${await digestOf(`${repository}:1`)}`;
      expect(await succeed('delete', name)).toBe(`${name}\n`);
      const { exitCode, stderr } = await run('digest', `${repository}:1`);
      expect(stderr).toContain('CATA_MANIFEST_NOT_FOUND');
      expect(exitCode).toBe(2);
    });

    it('of a tag, where the registry cannot, says how it can', async () => {
      const { stderr, exitCode } = await run('delete', app);
      expect(stderr).toContain('CATA_REGISTRY_DELETE_BY_DIGEST');
      expect(stderr).toContain(`${registry.address}/team/app@${await digestOf(app)}`);
      expect(exitCode).toBe(2);
      expect(await digestOf(app)).toMatch(digestPattern);
    });
  });

  describe('a registry with TLS and a login', () => {
    it('is entered with --ca and the right password, and with nothing less', async () => {
      const login = { username: 'skipper', password: 'correct horse' };
      const tls = makeCertificate('127.0.0.1');
      const htpasswd = await writePasswordFile(join(folder, 'htpasswd'), login);
      mkdirSync(join(folder, 'guarded'));
      await using guarded = await startRegistry(join(folder, 'guarded'), { tls, htpasswd });
      const place = `${guarded.address}/app:1`;
      const env = {
        HOME: join(folder, 'home'),
        CATAMARAN_REGISTRY: guarded.address,
        CATAMARAN_REGISTRY_USERNAME: login.username,
      };
      const copy = (password: string, ...flags: readonly string[]) =>
        runCatamaran(['copy', 'app', place, ...flags], {
          cwd: folder,
          env: { ...env, CATAMARAN_REGISTRY_PASSWORD: password },
        });
      const untrusted = await copy(login.password);
      expect(untrusted.stderr).toContain('CATA_REGISTRY_CERTIFICATE');
      expect(untrusted.exitCode).toBe(2);
      const wrong = await copy('s3cret', '--ca', tls.certFile);
      expect(wrong.stderr).toContain('CATA_REGISTRY_UNAUTHORIZED');
      expect(wrong.stdout + wrong.stderr).not.toContain('s3cret');
      const right = await copy(login.password, '--ca', tls.certFile);
      expect(right).toMatchObject({ exitCode: 0, stdout: `${place}@${await digestOf('app')}\n` });
    });
  });

  describe('a proxy', () => {
    it('is gone through where the environment names one, and NO_PROXY does not', async () => {
      await using proxy = await startForwardProxy(registry.address);
      const digest = (noProxy: string) =>
        runCatamaran(['digest', 'registry.test/team/app:1', '--plain-http', 'registry.test'], {
          cwd: folder,
          env: { HTTP_PROXY: proxy.address, http_proxy: undefined, NO_PROXY: noProxy, no_proxy: undefined },
        });
      expect(await digest('')).toMatchObject({ exitCode: 0, stdout: `${await digestOf(app)}\n` });
      expect([...proxy.askedFor]).toEqual([expect.stringMatching(/^registry\.test(?::80)?$/)]);
      const direct = await digest('registry.test');
      expect(direct.stderr).toContain('CATA_REGISTRY_UNREACHABLE');
    });
  });

  describe('bad input', () => {
    interface Case {
      readonly args: readonly string[];
      readonly code: string;
      readonly exitCode: number;
      /** What of the input the error quotes, or what it says to do. */
      readonly says: string;
    }
    const zeros = `sha256:${'0'.repeat(64)}`;
    const cases: readonly Case[] = [
      { args: ['inspect', 'App'], code: 'CATA_LOCATION_INVALID', exitCode: 2, says: '"App"' },
      { args: ['inspect', './app'], code: 'CATA_LOCATION_INVALID', exitCode: 2, says: '"./app"' },
      { args: ['inspect', 'http://r.io/a'], code: 'CATA_LOCATION_INVALID', exitCode: 2, says: 'r.io/a' },
      { args: ['inspect', 'r.io/a@sha256:12'], code: 'CATA_DIGEST_INVALID', exitCode: 2, says: 'sha256:12' },
      {
        args: ['inspect', 'alpine'],
        code: 'CATA_IMAGE_NOT_FOUND',
        exitCode: 2,
        says: 'docker.io/library/alpine',
      },
      {
        args: ['check', 'you/app:1', '--layout', 'nowhere'],
        code: 'CATA_LAYOUT_MISSING',
        exitCode: 2,
        says: 'docker.io/you/app:1',
      },
      { args: ['inspect', 'oci:nowhere'], code: 'CATA_LAYOUT_MISSING', exitCode: 2, says: '"nowhere"' },
      {
        args: ['inspect', 'oci-archive:nowhere.tar'],
        code: 'CATA_ARCHIVE_MISSING',
        exitCode: 2,
        says: '"nowhere.tar"',
      },
      {
        args: ['inspect', 'app', '-p', 'linux/mips'],
        code: 'CATA_PLATFORM_NOT_IN_INDEX',
        exitCode: 2,
        says: 'linux/mips',
      },
      {
        args: ['inspect', 'app', '-p', 'arm64'],
        code: 'CATA_PLATFORM_INVALID',
        exitCode: 2,
        says: '"arm64"',
      },
      {
        args: ['inspect', 'app', '--config'],
        code: 'CATA_PLATFORM_NEEDED',
        exitCode: 2,
        says: 'linux/amd64, linux/arm64, linux/s390x',
      },
      { args: ['inspect', 'app', '--raw', '--config'], code: 'CATA_USAGE', exitCode: 2, says: '--raw' },
      {
        args: ['inspect', '127.0.0.1:1/app'],
        code: 'CATA_REGISTRY_UNREACHABLE',
        exitCode: 3,
        says: '127.0.0.1:1',
      },
      {
        args: ['copy', 'app', 'docker-archive:x.tar'],
        code: 'CATA_ARCHIVE_ONE_PLATFORM',
        exitCode: 2,
        says: '--platform',
      },
      {
        args: ['copy', 'app', `oci:x@${zeros}`],
        code: 'CATA_LOCATION_INVALID',
        exitCode: 2,
        says: 'oci:x@sha256',
      },
      {
        args: ['copy', 'app', 'oci:app.txt:app'],
        code: 'CATA_LAYOUT_NOT_WRITABLE',
        exitCode: 4,
        says: '"app.txt"',
      },
      { args: ['pull', 'app'], code: 'CATA_REGISTRY_EXPECTED', exitCode: 2, says: '"app"' },
      {
        args: ['pull', 'r.io/app', 'r.io/mine'],
        code: 'CATA_LOCATION_INVALID',
        exitCode: 2,
        says: 'r.io/mine',
      },
      { args: ['tags', 'app'], code: 'CATA_REGISTRY_EXPECTED', exitCode: 2, says: 'docker.io/library/app' },
      { args: ['tags', 'r.io/app:1'], code: 'CATA_REPOSITORY_EXPECTED', exitCode: 2, says: 'tags r.io/app' },
      { args: ['delete', 'app:1'], code: 'CATA_REGISTRY_EXPECTED', exitCode: 2, says: '"app:1"' },
      { args: ['delete', 'oci:folder:app'], code: 'CATA_REGISTRY_EXPECTED', exitCode: 2, says: 'oci:folder' },
      {
        args: ['delete', 'r.io/app'],
        code: 'CATA_DELETE_UNNAMED',
        exitCode: 2,
        says: 'neither tag nor digest',
      },
      {
        args: ['delete', `r.io/app:1@${zeros}`],
        code: 'CATA_DELETE_UNNAMED',
        exitCode: 2,
        says: 'a tag and a digest',
      },
      {
        args: ['check', 'app', '-p', 'linux/s390x'],
        code: 'CATA_PLATFORM_INVALID',
        exitCode: 2,
        says: 'linux/s390x',
      },
      { args: ['digest', 'app', '--ca', 'no.pem'], code: 'CATA_CA_UNREADABLE', exitCode: 2, says: 'no.pem' },
      { args: ['digest', 'app', '--ca', 'app.txt'], code: 'CATA_CA_INVALID', exitCode: 2, says: 'app.txt' },
      { args: ['digest', 'app', '--ca', 'bad.pem'], code: 'CATA_CA_INVALID', exitCode: 2, says: 'bad.pem' },
      {
        args: ['digest', 'app', '--plain-http', 'http://r.io'],
        code: 'CATA_USAGE',
        exitCode: 2,
        says: '"http://r.io"',
      },
    ];

    beforeAll(() => {
      writeFileSync(join(folder, 'app.txt'), 'text\n');
      writeFileSync(
        join(folder, 'bad.pem'),
        '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      );
    });

    it.each(cases)('$args: $code', async ({ args, code, exitCode, says }) => {
      const result = await run(...args);
      expect(result.stderr).toContain(`error ${code}\n`);
      expect(result.stderr).toContain(says);
      expect(result.stderr).not.toMatch(/^\s+at .*\.ts:/m);
      expect(result.stdout).toBe('');
      expect(result.exitCode).toBe(exitCode);
    });

    it('with --json is one document on stdout', async () => {
      const { stdout, exitCode } = await run('inspect', 'alpine', '--json');
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CATA_IMAGE_NOT_FOUND', fault: 'user' } });
      expect(exitCode).toBe(2);
    });

    it('leaves nothing behind', () => {
      for (const name of ['x', 'x.tar', 'nowhere']) expect(existsSync(join(folder, name))).toBe(false);
    });
  });

  async function digestOf(place: string): Promise<string> {
    return (await succeed('digest', place)).trimEnd();
  }
});
