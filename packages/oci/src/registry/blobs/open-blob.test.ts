import { describe, expect, it } from 'vitest';
import { createContext } from '../../context/context.ts';
import type { Event } from '../../context/event.ts';
import { digestOf } from '../../model/digest.ts';
import { mediaTypes } from '../../model/media-types.ts';
import { faultAt } from '../../registry-memory/testing/fault-at.ts';
import { startedRegistry } from '../../registry-memory/testing/started-registry.ts';
import { imageParts, plantImage } from '../../testing/planted-image.ts';
import { pulled } from '../../testing/pulled.ts';
import { answer, type Script, scriptedServer, writeWithoutEnd } from '../../testing/scripted-server.ts';
import { noise } from '../../testing/two-platform-index.ts';

const layer = Buffer.from(noise(1, 400_000));
const parts = imageParts({}, layer);
const layerDigest = digestOf(layer);

/** A registry that serves everything but the layer as it should be. */
function serverWith(serveLayer: Script) {
  return scriptedServer((request, response) => {
    const url = request.url ?? '';
    if (url.includes('/manifests/'))
      return answer(response, 200, Buffer.from(parts.manifest), { 'content-type': mediaTypes.manifest });
    if (url.endsWith(digestOf(parts.config))) return answer(response, 200, Buffer.from(parts.config));
    return url.endsWith(layerDigest) ? serveLayer(request, response) : answer(response, 404, {});
  });
}

const firstOf = (range: string | undefined) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);

describe('a blob', () => {
  it.each([
    ['that never ends', {}],
    ['that announces more than its descriptor', { 'content-length': String(layer.byteLength + 1) }],
  ])('%s is given up, and no more of it is read than it should have', async (_, headers) => {
    const server = await serverWith((_request, response) => {
      response.writeHead(200, headers);
      response.write(layer);
      return writeWithoutEnd(response);
    });
    const { error, files } = await pulled(`${server.address}/shop:1`);
    expect(error).toMatchObject({ code: 'CATA_SIZE_MISMATCH', fault: 'remote' });
    expect(error?.message).toContain(layerDigest);
    expect(files).toEqual([]);
    expect(server.writtenBytes).toBeLessThan(layer.byteLength + 8 * 1024 * 1024);
    expect(server.seen.filter(({ path }) => path.endsWith(layerDigest))).toHaveLength(1);
  });

  it('with a bit that has been flipped is not kept', async () => {
    const registry = await startedRegistry({ faults: faultAt('GET', layerDigest, { kind: 'corrupt-body' }) });
    plantImage(registry, 'shop', parts, '1');
    const { error, files } = await pulled(`${registry.address}/shop:1`);
    expect(error).toMatchObject({ code: 'CATA_DIGEST_MISMATCH', fault: 'remote' });
    expect(error?.message).toContain(layerDigest);
    expect(files).toEqual([]);
  });

  it('that breaks off is gone on with where it broke off', async () => {
    const asked: number[] = [];
    const events: Event[] = [];
    const server = await serverWith((request, response) => {
      const first = firstOf(request.headers.range);
      asked.push(first);
      const rest = layer.subarray(first);
      response.writeHead(first > 0 ? 206 : 200, {
        'content-length': String(rest.byteLength),
        ...(first > 0
          ? { 'content-range': `bytes ${first}-${layer.byteLength - 1}/${layer.byteLength}` }
          : {}),
      });
      if (asked.length > 2) return response.end(rest);
      return response.write(rest.subarray(0, 100_000), () => response.socket?.destroy());
    });
    const ctx = createContext({ emit: (event) => void events.push(event) });
    expect((await pulled(`${server.address}/shop:1`, {}, ctx)).error).toBeUndefined();
    expect(asked).toHaveLength(3);
    expect(asked).toEqual(asked.toSorted((a, b) => a - b));
    expect(asked.at(-1)).toBeGreaterThan(0);
    expect(server.writtenBytes).toBeLessThan(layer.byteLength + 20_000);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'registry.retried',
        reason: expect.stringContaining(`of ${layer.byteLength} bytes`),
      }),
    );
  });

  it('is skipped through where a registry sends all of it again, or more than was asked for', async () => {
    let count = 0;
    const server = await serverWith((_request, response) => {
      count += 1;
      const first = count === 3 ? 7 : 0;
      const rest = layer.subarray(first);
      const range = `bytes ${first}-${layer.byteLength - 1}/*`;
      response.writeHead(count === 3 ? 206 : 200, {
        'content-length': String(rest.byteLength),
        ...(count === 3 ? { 'content-range': range } : {}),
      });
      if (count === 3) return response.end(rest);
      return response.write(rest.subarray(0, 100_000 * count), () => response.socket?.destroy());
    });
    expect((await pulled(`${server.address}/shop:1`)).error).toBeUndefined();
    expect(count).toBe(3);
  });

  it.each([
    ['a gap', 'bytes 200000-399999/400000', /^CATA_(SIZE|DIGEST)_MISMATCH$/],
    ['no range', undefined, /^CATA_REGISTRY_REFUSED$/],
    ['other units', 'pages 1-2/3', /^CATA_REGISTRY_REFUSED$/],
    ['a range as long as a book', `bytes ${'9'.repeat(5000)}`, /^CATA_REGISTRY_REFUSED$/],
    ['a range beyond what it has', `bytes 999999999999999-9/*`, /^CATA_SIZE_MISMATCH$/],
  ])('that goes on with %s is not kept', async (_, range, code) => {
    let count = 0;
    const server = await serverWith((request, response) => {
      if (++count > 1) {
        const headers = range === undefined ? {} : { 'content-range': range };
        return answer(response, 206, layer.subarray(200_000), headers);
      }
      response.writeHead(200, { 'content-length': String(layer.byteLength) });
      expect(request.headers.range).toBeUndefined();
      return response.write(layer.subarray(0, 100_000), () => response.socket?.destroy());
    });
    const { error, files } = await pulled(`${server.address}/shop:1`);
    expect(error?.code).toMatch(code);
    expect(error?.message.length).toBeLessThan(400);
    expect(files).toEqual([]);
  });

  it.each([
    ['breaks off at once, each time', undefined, 'CATA_REGISTRY_UNREACHABLE'],
    ['ends before its time, each time', 0, 'CATA_SIZE_MISMATCH'],
    ['has no more where it should go on', 416, 'CATA_SIZE_MISMATCH'],
  ])('that %s is asked for a few times', async (_, status, code) => {
    let count = 0;
    const server = await serverWith((_request, response) => {
      count += 1;
      if (status === undefined) {
        response.writeHead(200, { 'content-length': String(layer.byteLength) });
        response.flushHeaders();
        return setTimeout(() => response.socket?.destroy(), 1);
      }
      return status === 416 && count > 1
        ? answer(response, 416, {})
        : answer(response, 200, layer.subarray(0, 10));
    });
    const { error, files } = await pulled(`${server.address}/shop:1`);
    expect(error).toMatchObject({ code, fault: 'remote' });
    expect(files).toEqual([]);
    expect(count).toBeLessThan(20);
  });

  it('of no bytes at all is asked for, and is empty', async () => {
    const registry = await startedRegistry();
    plantImage(registry, 'shop', imageParts({}, new Uint8Array()), '1');
    expect((await pulled(`${registry.address}/shop:1`)).error).toBeUndefined();
    registry.plantBlob('shop', digestOf(''), Buffer.from('x'));
    expect((await pulled(`${registry.address}/shop:1`)).error?.code).toBe('CATA_SIZE_MISMATCH');
  });
});
