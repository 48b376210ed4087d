import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../model/digest.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { startedRegistry } from '../../registry-memory/testing/started-registry.ts';
import { describe256, imageParts, plantImage, plantIndex } from '../../testing/planted-image.ts';
import { pulled } from '../../testing/pulled.ts';
import { answer, scriptedServer, writeWithoutEnd } from '../../testing/scripted-server.ts';

const maxBytes = 4 * 1024 * 1024;
/** What lies in buffers on the way when a reader stops. */
const inFlightBytes = 8 * 1024 * 1024;
const manifestType = { 'content-type': mediaTypes.manifest };

describe('a manifest', () => {
  it('of more than 4 MiB is refused before it is read, where its length is told', async () => {
    const server = await scriptedServer((_, response) => {
      response.writeHead(200, { ...manifestType, 'content-length': String(maxBytes * 1000) });
      return writeWithoutEnd(response);
    });
    const { error, files } = await pulled(`${server.address}/shop:1`);
    expect(error).toMatchObject({
      code: 'CATA_MANIFEST_TOO_LARGE',
      fault: 'remote',
      message: `The manifest 1 in ${server.address}/shop has 4194304000 bytes; more than 4194304 are not read.`,
    });
    expect(files).toEqual([]);
    expect(server.writtenBytes).toBeLessThan(inFlightBytes);
  });

  it('that never ends is read for 4 MiB and no further', async () => {
    const server = await scriptedServer((_, response) => {
      response.writeHead(200, manifestType);
      return writeWithoutEnd(response);
    });
    const { error, files } = await pulled(`${server.address}/shop:1`);
    expect(error).toMatchObject({
      code: 'CATA_MANIFEST_TOO_LARGE',
      message: expect.stringContaining('has more than 4194304 bytes'),
    });
    expect(files).toEqual([]);
    expect(server.writtenBytes).toBeLessThan(maxBytes + inFlightBytes);
    expect(server.seen.length).toBeLessThan(4);
  });

  it('of exactly 4 MiB is read', async () => {
    const registry = await startedRegistry();
    const { manifest, ...rest } = imageParts();
    const padded = Buffer.concat([manifest, Buffer.alloc(maxBytes - manifest.byteLength, ' ')]);
    plantImage(registry, 'shop', { ...rest, manifest: padded }, '1');
    expect((await pulled(`${registry.address}/shop:1`)).error).toBeUndefined();
  });

  it('that breaks off is asked for again', async () => {
    const { manifest } = imageParts();
    let count = 0;
    const server = await scriptedServer((request, response) => {
      if (!request.url?.includes('/manifests/')) return answer(response, 404, {});
      if (++count > 1) return answer(response, 200, Buffer.from(manifest), manifestType);
      response.writeHead(200, { ...manifestType, 'content-length': String(manifest.byteLength) });
      return response.write(manifest.subarray(0, 10), () => response.socket?.destroy());
    });
    const { error } = await pulled(`${server.address}/shop:1`);
    expect(count).toBe(2);
    expect(error?.message).toMatch(/no blob sha256:/);
  });

  it.each([
    ['another content', { 'docker-content-digest': digestOf('x') }, 'CATA_DIGEST_MISMATCH', digestOf('x')],
    ['SHA-512', { 'docker-content-digest': `sha512:${'a'.repeat(128)}` }, undefined, ''],
    ['what is no digest', { 'docker-content-digest': 'sha256:../../etc' }, undefined, ''],
    ['nothing', {}, undefined, ''],
  ])('whose Docker-Content-Digest is of %s is judged by its bytes', async (_, headers, code, quoted) => {
    const { manifest, config, layer } = imageParts();
    const parts = new Map([config, layer].map((bytes) => [digestOf(bytes) as string, bytes]));
    const server = await scriptedServer((request, response) => {
      const digest = request.url?.split('/').at(-1) ?? '';
      if (request.url?.includes('/manifests/'))
        return answer(response, 200, Buffer.from(manifest), { ...manifestType, ...headers });
      return answer(response, 200, Buffer.from(parts.get(digest) ?? ''));
    });
    const { error } = await pulled(`${server.address}/shop:1`);
    expect(error?.code).toBe(code);
    expect(error?.message ?? '').toContain(quoted);
  });

  it('that was asked for by its digest is that, or nothing', async () => {
    const registry = await startedRegistry();
    const parts = imageParts();
    const asked = digestOf('what was asked for');
    plantImage(registry, 'shop', parts);
    registry.plantManifest('shop', asked, mediaTypes.manifest, parts.manifest);
    const { error, files } = await pulled(`${registry.address}/shop@${asked}`);
    expect(error).toMatchObject({ code: 'CATA_DIGEST_MISMATCH', fault: 'remote' });
    expect(error?.message).toContain(asked);
    expect(files).toEqual([]);
  });

  it.each([
    [
      'HTML that is announced as a manifest',
      mediaTypes.manifest,
      '<html>\x1b[2J</html>',
      'CATA_MANIFEST_INVALID',
    ],
    ['nothing', mediaTypes.manifest, '', 'CATA_MANIFEST_INVALID'],
    ['JSON without any type', 'application/json', '{"a":1}', 'CATA_MANIFEST_TYPE_UNSUPPORTED'],
    ['null', 'application/json', 'null', 'CATA_MANIFEST_TYPE_UNSUPPORTED'],
    [
      'a signed schema 1',
      'application/vnd.docker.distribution.manifest.v1+prettyjws',
      '{}',
      'CATA_MANIFEST_TYPE_UNSUPPORTED',
    ],
    [
      'an index that is announced as an image',
      mediaTypes.manifest,
      '{"schemaVersion":2,"manifests":[]}',
      'CATA_MANIFEST_INVALID',
    ],
  ])('that is %s is refused', async (_, type, text, code) => {
    const server = await scriptedServer((_request, response) =>
      answer(response, 200, text, { 'content-type': type }),
    );
    const { error, files } = await pulled(`${server.address}/shop:1`);
    expect(error?.code).toBe(code);
    expect(error?.message).toMatch(/^The manifest \S+ in \S+\/shop [^\p{Cc}]{1,400}$/u);
    expect(files).toEqual([]);
  });
});

describe('the size in a descriptor', () => {
  const layer = Buffer.from('a layer that is good for copying');
  const digestOfLayer = createHash('sha256').update(layer).digest('hex');

  it.each<[string, string, Parameters<typeof imageParts>[0] & object]>([
    ['a layer', 'more', { layer: { size: layer.byteLength + 1 } }],
    ['a layer', 'less', { layer: { size: layer.byteLength - 1 } }],
    ['a layer', 'nothing', { layer: { size: 0 } }],
    ['a layer', 'far more', { layer: { size: Number.MAX_SAFE_INTEGER } }],
    ['a configuration', 'more', { config: { size: 1000 } }],
    ['a configuration', 'less', { config: { size: 10 } }],
  ])('of %s that says %s than there is leads to an error that names both', async (what, _, changes) => {
    const registry = await startedRegistry();
    plantImage(registry, 'shop', imageParts(changes, layer), '1');
    const { error, files } = await pulled(`${registry.address}/shop:1`);
    expect(error).toMatchObject({ code: 'CATA_SIZE_MISMATCH', fault: 'remote' });
    if (what === 'a layer') expect(error?.message).toContain(digestOfLayer);
    const size = changes.layer?.size ?? changes.config?.size;
    expect(error?.message).toContain(`but ${size} were announced`);
    expect(files).toEqual([]);
  });

  it.each([1, -1])('of a manifest in an index that is wrong by %d leads to an error', async (more) => {
    const registry = await startedRegistry();
    const child = plantImage(registry, 'shop', imageParts());
    plantIndex(registry, 'shop', '1', [{ ...child, size: child.size + more }]);
    const { error, files } = await pulled(`${registry.address}/shop:1`);
    expect(error).toMatchObject({ code: 'CATA_SIZE_MISMATCH', fault: 'remote' });
    expect(error?.message).toContain(child.digest);
    expect(files).toEqual([]);
  });

  it('of a manifest in an index that is beyond 4 MiB is refused without asking for it', async () => {
    const registry = await startedRegistry();
    const child = { ...describe256(Buffer.from('x'), mediaTypes.manifest), size: maxBytes + 1 };
    plantIndex(registry, 'shop', '1', [child]);
    const { error } = await pulled(`${registry.address}/shop:1`);
    expect(error?.code).toBe('CATA_MANIFEST_TOO_LARGE');
    expect(registry.requests.filter(({ path }) => path.includes(child.digest))).toEqual([]);
  });
});
