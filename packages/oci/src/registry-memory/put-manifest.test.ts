import { describe, expect, it } from 'vitest';
import { digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { descriptorOf, manifestOf, pushBlob, pushImage, putManifest } from './testing/push.ts';
import { send } from './testing/send.ts';
import { startedRegistry } from './testing/started-registry.ts';

const limit = 4 * 1024 * 1024;

function indexOf(children: readonly Uint8Array[], mediaType: string = mediaTypes.index): Buffer {
  const manifests = children.map((child) => descriptorOf(child, mediaTypes.manifest));
  return Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests }));
}

describe('PUT of a manifest', () => {
  it('answers with its digest and where it is', async () => {
    const registry = await startedRegistry();
    const digest = await pushImage(registry, 'shop', '1');
    const reply = await putManifest(registry, 'shop', digest, manifestOf('a layer'));
    expect([reply.status, reply.header('location')]).toEqual([201, `/v2/shop/manifests/${digest}`]);
    expect(reply.header('docker-content-digest')).toBe(digest);
    expect(reply.header('oci-subject')).toBe('');
  });

  it('moves a tag', async () => {
    const registry = await startedRegistry();
    await pushImage(registry, 'shop', '1');
    const digest = await pushImage(registry, 'shop', '1', { annotations: { a: 'b' } });
    expect(registry.tags('shop').get('1')).toBe(digest);
  });

  it('neither moves nor takes again a tag that is to stay what it is', async () => {
    const registry = await startedRegistry({ quirks: { immutableTags: true } });
    const digest = await pushImage(registry, 'shop', '1');
    for (const manifest of [manifestOf('a layer'), manifestOf('a layer', { annotations: { a: 'b' } })]) {
      const reply = await putManifest(registry, 'shop', '1', manifest);
      expect([reply.status, reply.code]).toEqual([400, 'TAG_INVALID']);
    }
    expect((await putManifest(registry, 'shop', digest, manifestOf('a layer'))).status).toBe(201);
    expect((await putManifest(registry, 'shop', '2', manifestOf('a layer'))).status).toBe(201);
    expect(registry.tags('shop').get('1')).toBe(digest);
  });

  it('takes all four types, parameters aside', async () => {
    const registry = await startedRegistry();
    const { manifest, dockerManifest, dockerManifestList, index } = mediaTypes;
    await pushImage(registry, 'shop', '1');
    const docker = manifestOf('a layer', { mediaType: dockerManifest });
    expect((await putManifest(registry, 'shop', 'd', docker, dockerManifest)).status).toBe(201);
    const children = [manifestOf('a layer'), docker];
    expect((await putManifest(registry, 'shop', 'i', indexOf(children), `${index}; a=b`)).status).toBe(201);
    const list = indexOf(children, dockerManifestList);
    expect((await putManifest(registry, 'shop', 'l', list, dockerManifestList)).status).toBe(201);
    const types = await Promise.all(
      ['1', 'd', 'i', 'l'].map((tag) => send(registry, 'HEAD', `/v2/shop/manifests/${tag}`)),
    );
    expect(types.map((reply) => reply.header('content-type'))).toEqual([
      manifest,
      dockerManifest,
      index,
      dockerManifestList,
    ]);
    expect(registry.verify()).toEqual([]);
  });

  it('names everything that is missing', async () => {
    const registry = await startedRegistry();
    await pushBlob(registry, 'other', '{}');
    const reply = await putManifest(registry, 'shop', '1', manifestOf('a layer'));
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text).errors).toMatchObject([
      { code: 'MANIFEST_BLOB_UNKNOWN', detail: { digest: digestOf('{}') } },
      { code: 'MANIFEST_BLOB_UNKNOWN', detail: { digest: digestOf('a layer') } },
    ]);
    const index = await putManifest(registry, 'shop', '1', indexOf([manifestOf('x')]), mediaTypes.index);
    expect([index.status, index.code]).toEqual([400, 'MANIFEST_BLOB_UNKNOWN']);
    expect(registry.tags('shop').size).toBe(0);
  });

  it('does not ask for layers that their licence keeps elsewhere', async () => {
    const registry = await startedRegistry();
    await pushBlob(registry, 'shop', '{}');
    const foreign = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
    const manifest = manifestOf('', { layers: [descriptorOf(Buffer.from('windows'), foreign)] });
    expect((await putManifest(registry, 'shop', '1', manifest)).status).toBe(201);
  });

  it.each([
    ['no JSON', Buffer.from('{'), mediaTypes.manifest],
    ['schema 1', manifestOf('a layer', { schemaVersion: 1 }), mediaTypes.manifest],
    ['another type inside', manifestOf('a layer'), mediaTypes.dockerManifest],
    ['an unknown type', manifestOf('a layer', { mediaType: undefined }), 'text/plain'],
    ['no layers', manifestOf('a layer', { layers: 'none' }), mediaTypes.manifest],
    ['half a descriptor', manifestOf('a layer', { config: { size: 2 } }), mediaTypes.manifest],
  ])('refuses %s', async (_, body, mediaType) => {
    const registry = await startedRegistry();
    await pushImage(registry, 'shop', '1');
    const reply = await putManifest(registry, 'shop', '2', body, mediaType);
    expect([reply.status, reply.code]).toEqual([400, 'MANIFEST_INVALID']);
  });

  it('refuses another digest, and what is neither digest nor tag', async () => {
    const registry = await startedRegistry();
    await pushImage(registry, 'shop', '1');
    const put = (reference: string) => putManifest(registry, 'shop', reference, manifestOf('a layer'));
    expect((await put(digestOf('x'))).code).toBe('DIGEST_INVALID');
    expect((await put('sha256:1')).code).toBe('DIGEST_INVALID');
    expect((await put('-x')).code).toBe('MANIFEST_INVALID');
    expect((await put('x'.repeat(129))).code).toBe('MANIFEST_INVALID');
    expect((await put('x'.repeat(128))).status).toBe(201);
  });

  it('takes 4 MiB, and not a byte more', async () => {
    const registry = await startedRegistry();
    await pushImage(registry, 'shop', '1');
    const padding = limit - manifestOf('a layer', { annotations: { a: '' } }).byteLength;
    const full = manifestOf('a layer', { annotations: { a: 'x'.repeat(padding) } });
    expect((await putManifest(registry, 'shop', '2', full)).status).toBe(201);
    const more = manifestOf('a layer', { annotations: { a: 'x'.repeat(padding + 1) } });
    expect((await putManifest(registry, 'shop', '2', more)).status).toBe(413);
  });

  it('takes ten a second in the manner of ECR', async () => {
    let nowMs = 1_000_000;
    const registry = await startedRegistry({ quirks: { ecr: true }, clock: { now: () => nowMs } });
    expect((await putManifest(registry, 'shop', '1', manifestOf('a layer'))).code).toBe('NAME_UNKNOWN');
    registry.createRepository('shop');
    for (let n = 0; n < 10; n++) await pushImage(registry, 'shop', String(n));
    const reply = await putManifest(registry, 'shop', 'x', manifestOf('a layer'));
    expect([reply.status, reply.code]).toEqual([429, 'TOOMANYREQUESTS']);
    nowMs += 1000;
    expect((await putManifest(registry, 'shop', 'x', manifestOf('a layer'))).status).toBe(201);
  });
});
