import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mediaTypes } from '@catamaran/oci';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImageDocument } from '../packages/cli/src/inspect/image-document.ts';
import type { InspectDocument } from '../packages/cli/src/inspect/inspect-document.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { command } from './support/command.ts';
import { startRegistry } from './support/docker-registry.ts';
import { execution } from './support/example-index.ts';
import { imageInPlaces, sha256, skopeo } from './support/image-in-places.ts';

const tools = await requireTools('skopeo', 'umoci', 'docker-registry');

describe.skipIf(!tools)('images that go from place to place', { timeout: 60_000 }, () => {
  const there = imageInPlaces();
  describe('copy', () => {
    it('from one repository to another sends no blob', async () => {
      const to = `${there.registry.address}/other/app:1`;
      const copied = await there.document<{ registries: readonly object[] }>('copy', there.app, to);
      expect(copied).toMatchObject({ from: there.app, to, leftOut: [], digest: await there.digestOf('app') });
      expect(copied.registries).toEqual([
        expect.objectContaining({ blobs: { sent: 0, mounted: expect.any(Number), present: 0 } }),
      ]);
      expect(await there.digestOf(to)).toBe(await there.digestOf(there.app));
    });

    it('to another registry goes through, and skopeo reads it', async () => {
      mkdirSync(join(there.folder, 'other'));
      await using other = await startRegistry(join(there.folder, 'other'));
      const to = `${other.address}/app:2`;
      expect(await there.succeed('copy', there.app, to)).toBe(`${to}@${await there.digestOf(there.app)}\n`);
      const raw = await skopeo('inspect', '--raw', '--tls-verify=false', `docker://${to}`);
      expect(sha256(raw)).toBe(await there.digestOf(there.app));
    });

    it('of some platforms says what was left out, and that the digest is another one', async () => {
      const to = `${there.registry.address}/team/some:1`;
      const { stdout, stderr } = await there.run('copy', there.app, to, '-p', 'linux/arm64,linux/s390x');
      expect(stdout).toMatch(new RegExp(`^${to}@sha256:[0-9a-f]{64}\n$`));
      expect(stdout).not.toContain(await there.digestOf(there.app));
      expect(stderr).toContain('left out: linux/amd64, attestation of linux/amd64');
      expect(stderr).toContain(`the one with all is ${await there.digestOf(there.app)}`);
      const shown = await there.document<InspectDocument>('inspect', to);
      expect(shown).toMatchObject({ images: [{ digest: there.digests[1] }, { digest: there.digests[2] }] });
    });

    it('into a Docker archive and back is an image that skopeo reads', async () => {
      await there.succeed('copy', there.app, 'docker-archive:app.docker.tar', '--platform', 'linux/amd64');
      const names = JSON.parse(
        await skopeo('list-tags', `docker-archive:${join(there.folder, 'app.docker.tar')}`),
      );
      expect(names.Tags).toEqual(['app:1']);
      const image = await there.document<ImageDocument>('inspect', 'docker-archive:app.docker.tar');
      expect(image).toMatchObject({ platform: 'linux/amd64', entrypoint: execution.Entrypoint });
    });
  });

  describe('pull', () => {
    it('puts an image into the layout under the name that it has, or a given one', async () => {
      const digest = await there.digestOf(there.app);
      expect(await there.succeed('pull', there.app)).toBe(`${digest}\n`);
      expect(await there.digestOf('app:1')).toBe(digest);
      expect(await there.succeed('pull', there.app, 'mine:2', '--platform', 'linux/arm64')).toMatch(
        /^sha256:/,
      );
      expect(await there.document('inspect', 'mine:2')).toMatchObject({
        kind: 'index',
        images: [{ digest: there.digests[1] }],
      });
    });
  });

  describe('an image with Docker’s media types', () => {
    let dockers: string;

    beforeAll(async () => {
      dockers = `${there.registry.address}/team/dockers:1`;
      const to = ['--dest-tls-verify=false', `docker://${dockers}`];
      const arm64 = ['--override-arch', 'arm64'];
      await skopeo(...arm64, 'copy', '--format', 'v2s2', `oci:${there.layout}:app`, ...to);
    });

    it('comes into a layout as one that skopeo and umoci read, and is said to be another', async () => {
      const { exitCode, stderr } = await there.run('copy', dockers, 'oci:converted:app');
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      expect(stderr).toContain(
        `became OCI’s (--preserve-digests keeps them); it was ${await there.digestOf(dockers)}`,
      );
      const layout = join(there.folder, 'converted');
      expect(await skopeo('inspect', `oci:${layout}:app`)).toContain('"Architecture": "arm64"');
      expect(await command('umoci', 'ls', '--layout', layout)).toBe('app\n');
      expect(await command('umoci', 'stat', '--image', `${layout}:app`)).toContain('RUN make arm64');
    });

    it('keeps its digest where that is asked for, and from registry to registry', async () => {
      const digest = await there.digestOf(dockers);
      expect(await there.succeed('pull', dockers, 'kept', '--preserve-digests')).toBe(`${digest}\n`);
      const pinned = dockers.replace(/:1$/, `@${digest}`);
      expect(await there.succeed('pull', pinned, 'pinned')).toBe(`${digest}\n`);
      const copied = `${there.registry.address}/team/copied:1`;
      await there.succeed('copy', dockers, copied);
      expect(await there.digestOf(copied)).toBe(digest);
      await there.succeed('copy', dockers, copied, '--format', 'oci');
      expect(await there.document('inspect', copied)).toMatchObject({ mediaType: mediaTypes.manifest });
    });

    it('cannot keep its digest and change its format', async () => {
      const { exitCode, stderr } = await there.run(
        'copy',
        dockers,
        'oci:x',
        '--format',
        'oci',
        '--preserve-digests',
      );
      expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('CATA_USAGE') });
    });
  });

  describe('check', () => {
    it('judges an image in a registry, and a single image by what it says it is for', async () => {
      const fault = '  /bin/app is not in the image\n';
      const all = await there.run('check', there.app);
      expect(all).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(fault) });
      expect(all.stdout).toContain('linux/amd64  0 ELF files  1 error\nlinux/arm64  0 ELF files  1 error\n');
      const single = await there.run('check', `${there.registry.address}/team/app@${there.digests[1]}`);
      expect(single.stdout).toContain('linux/arm64  0 ELF files  1 error\n');
      const local = await there.run('check', 'app', '-p', 'linux/amd64', '--json');
      expect(JSON.parse(local.stdout)).toMatchObject({
        platforms: [{ platform: 'linux/amd64', findings: [{ rule: 'entrypoint', path: '/bin/app' }] }],
      });
    });
  });

  describe('delete', () => {
    it('takes an image away by its digest, and says so', async () => {
      const repository = `${there.registry.address}/team/gone`;
      await there.succeed('copy', there.app, `${repository}:1`);
      const name = `${repository}@${await there.digestOf(`${repository}:1`)}`;
      expect(await there.succeed('delete', name)).toBe(`${name}\n`);
      const { exitCode, stderr } = await there.run('digest', `${repository}:1`);
      expect(stderr).toContain('CATA_MANIFEST_NOT_FOUND');
      expect(exitCode).toBe(2);
    });

    it('of a tag, where the registry cannot, says how it can', async () => {
      const { stderr, exitCode } = await there.run('delete', there.app);
      expect(stderr).toContain('CATA_REGISTRY_DELETE_BY_DIGEST');
      expect(stderr).toContain(`${there.registry.address}/team/app@${await there.digestOf(there.app)}`);
      expect(exitCode).toBe(2);
      expect(await there.digestOf(there.app)).toMatch(/^sha256:[0-9a-f]{64}$/);
    });
  });
});
