import { createContext, describeRaw, layoutStore, mediaTypes } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import type { ImageDocument } from '../packages/cli/src/inspect/image-document.ts';
import type { InspectDocument } from '../packages/cli/src/inspect/inspect-document.ts';
import { requireTools } from '../packages/run/src/testing/require-tool.ts';
import { execution } from './support/example-index.ts';
import { exampleSignature, signatureType } from './support/example-signature.ts';
import { imageInPlaces, sha256, skopeo } from './support/image-in-places.ts';

const tools = await requireTools('skopeo', 'docker-registry');

describe.skipIf(!tools)('looking into images', { timeout: 60_000 }, () => {
  const there = imageInPlaces();
  describe('inspect', () => {
    it('shows an index with its platforms, and what is no image as what it is', async () => {
      const stdout = await there.succeed('inspect', there.app);
      const lines = stdout.split('\n');
      expect(lines[0]).toBe(there.app);
      expect(stdout).toContain(mediaTypes.index);
      expect(stdout).toContain('org.opencontainers.image.title=example');
      for (const [at, platform] of ['linux/amd64', 'linux/arm64', 'linux/s390x'].entries()) {
        expect(lines.find((line) => line.startsWith(platform))).toMatch(
          new RegExp(`${there.digests[at]} +2 +\\d+ B$`),
        );
      }
      const attestation = lines.find((line) => line.startsWith('attestation of linux/amd64'));
      expect(attestation).toContain(there.digests[3]);
      expect(attestation).toContain('https://spdx.dev/Document');
      expect(stdout).not.toContain('unknown');
    });

    it('shows an image with what it is started with, and the line that made each layer', async () => {
      const stdout = await there.succeed('inspect', there.app, '--platform', 'linux/arm64');
      for (const text of [
        there.digests[1] ?? '',
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
      const remote = `docker://${there.app}`;
      const insecure = '--tls-verify=false';
      const raw = await there.succeed('inspect', there.app, '--raw');
      expect(raw).toBe(await skopeo('inspect', '--raw', insecure, remote));
      expect(raw).toBe(Buffer.from((await there.example.manifest()).bytes).toString());
      const image = await there.succeed('inspect', there.app, '--raw', '--platform', 'linux/arm64');
      expect(sha256(image)).toBe(there.digests[1]);
      const config = await there.succeed('inspect', there.app, '--config', '--platform', 'linux/arm64');
      const arm64 = ['--override-arch', 'arm64', 'inspect', '--config', '--raw', insecure, remote];
      expect(config).toBe(await skopeo(...arm64));
    });

    it('--json has all that skopeo inspect has', async () => {
      const shown = JSON.parse(
        await skopeo('--override-arch', 'arm64', 'inspect', '--tls-verify=false', `docker://${there.app}`),
      );
      const image = await there.document<ImageDocument>('inspect', there.app, '--platform', 'linux/arm64');
      expect(image.layers.map(({ digest }) => digest)).toEqual(shown.Layers);
      expect(image).toMatchObject({
        env: shown.Env,
        labels: shown.Labels,
        created: shown.Created,
        platform: `${shown.Os}/${shown.Architecture}`,
      });
    });

    it('--json of an index is one document with every image in it', async () => {
      const shown = await there.document<InspectDocument>('inspect', there.app);
      expect(shown).toMatchObject({
        reference: there.app,
        kind: 'index',
        digest: sha256(Buffer.from((await there.example.manifest()).bytes).toString()),
        images: [
          { kind: 'image', digest: there.digests[0], platform: 'linux/amd64', cmd: execution.Cmd },
          { digest: there.digests[1], platform: 'linux/arm64', exposedPorts: ['3000/tcp'] },
          { digest: there.digests[2], platform: 'linux/s390x', stopSignal: 'SIGQUIT' },
        ],
        attachments: [{ kind: 'attestation', platform: 'linux/amd64', types: ['https://spdx.dev/Document'] }],
        annotations: { 'org.opencontainers.image.title': 'example' },
        referrers: [],
      });
    });

    it('is the same from wherever the image is', async () => {
      await there.succeed('copy', there.app, 'oci-archive:app.tar');
      const { reference: _, ...remote } = await there.document<InspectDocument>('inspect', there.app);
      for (const place of ['app', `oci:${there.layout}:app`, 'oci-archive:app.tar']) {
        const { reference: __, ...local } = await there.document<InspectDocument>('inspect', place);
        expect(local).toEqual(remote);
      }
    });

    it('shows what is attached to an image, and that it is no image itself', async () => {
      const signed = `${there.registry.address}/team/signed`;
      await there.succeed('copy', there.app, `${signed}:1`);
      const index = await there.example.manifest();
      const signature = exampleSignature(describeRaw(mediaTypes.index, index));
      const { digest } = await layoutStore(there.layout).put(
        { repository: 'signature' },
        signature,
        createContext(),
      );
      await there.succeed('copy', 'signature', `${signed}@${digest}`);

      const stdout = await there.succeed('inspect', `${signed}:1`);
      expect(stdout).toMatch(new RegExp(`attached\n${digest} {2}${signatureType}\n$`));
      expect(await there.document('inspect', `${signed}:1`)).toMatchObject({
        referrers: [{ digest, artifactType: signatureType }],
      });
      const shown = await there.succeed('inspect', `${signed}@${digest}`);
      expect(shown).toMatch(new RegExp(`artifact +${signatureType}\n`));
      expect(shown).toMatch(new RegExp(`about +${describeRaw(mediaTypes.index, index).digest}\n`));
      expect(shown).toContain('org.example.signer=skipper');
      const { stderr } = await there.run('inspect', `${signed}@${digest}`, '--config');
      expect(stderr).toContain('CATA_IMAGE_EXPECTED');
    });

    it('shows an attestation by itself as one', async () => {
      const repository = `${there.registry.address}/team/app`;
      expect(await there.document('inspect', `${repository}@${there.digests[3]}`)).toMatchObject({
        kind: 'artifact',
        artifactType: 'application/vnd.in-toto+json',
        blobs: [{ annotations: { 'in-toto.io/predicate-type': 'https://spdx.dev/Document' } }],
      });
    });

    it('shows an index of which some images were left behind', async () => {
      const sparse = `${there.registry.address}/team/sparse`;
      await there.succeed('copy', there.app, `${sparse}:all`);
      await there.succeed('delete', `${sparse}@${there.digests[2]}`);
      const stdout = await there.succeed('inspect', `${sparse}:all`);
      expect(stdout).toMatch(new RegExp(`linux/s390x, not there +${there.digests[2]}`));
      expect(stdout).toMatch(new RegExp(`linux/arm64 +${there.digests[1]}`));
    });
  });

  describe('digest', () => {
    it('is what a name stands for, on one line', async () => {
      const raw = await skopeo('inspect', '--raw', '--tls-verify=false', `docker://${there.app}`);
      expect(await there.succeed('digest', there.app)).toBe(`${sha256(raw)}\n`);
      expect(await there.succeed('digest', 'app')).toBe(`${sha256(raw)}\n`);
      expect(await there.succeed('digest', there.app, '-p', 'linux/s390x')).toBe(`${there.digests[2]}\n`);
      expect(await there.document('digest', there.app)).toMatchObject({
        reference: there.app,
        mediaType: mediaTypes.index,
      });
    });
  });

  describe('tags', () => {
    it('are the ones that skopeo lists, one on each line', async () => {
      const repository = `${there.registry.address}/team/tagged`;
      for (const tag of ['1', '2', 'latest']) await there.succeed('copy', there.app, `${repository}:${tag}`);
      const listed = JSON.parse(await skopeo('list-tags', '--tls-verify=false', `docker://${repository}`));
      const stdout = await there.succeed('tags', repository);
      expect(stdout.trimEnd().split('\n').sort()).toEqual(listed.Tags.sort());
      expect(await there.document('tags', repository)).toMatchObject({
        repository,
        tags: expect.arrayContaining(['1', '2', 'latest']),
      });
    });
  });
});
