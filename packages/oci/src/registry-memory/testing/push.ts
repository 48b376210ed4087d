import { digestOf } from '../../model/digest.ts';
import { mediaTypes } from '../../model/media-types.ts';
import type { MemoryRegistry } from '../memory-registry.ts';
import { type Reply, send } from './send.ts';

export function descriptorOf(bytes: Uint8Array, mediaType: string) {
  return { mediaType, digest: digestOf(bytes), size: bytes.byteLength };
}

/** In a single request. @returns the digest */
export async function pushBlob(
  registry: MemoryRegistry,
  repository: string,
  content: string | Uint8Array,
): Promise<string> {
  const body = Buffer.from(content);
  const digest = digestOf(body);
  const reply = await send(registry, 'POST', `/v2/${repository}/blobs/uploads/?digest=${digest}`, { body });
  if (reply.status !== 201) throw new Error(reply.text);
  return digest;
}

/** The Location of a new upload. */
export async function begunUpload(registry: MemoryRegistry, repository: string): Promise<string> {
  const reply = await send(registry, 'POST', `/v2/${repository}/blobs/uploads/`);
  if (reply.status !== 202) throw new Error(reply.text);
  return reply.header('location');
}

/** A manifest of one layer, whose configuration is "{}". */
export function manifestOf(layer: string, more: object = {}): Buffer {
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.manifest,
      config: descriptorOf(Buffer.from('{}'), mediaTypes.config),
      layers: [descriptorOf(Buffer.from(layer), mediaTypes.layerGzip)],
      ...more,
    }),
  );
}

export function putManifest(
  registry: MemoryRegistry,
  repository: string,
  reference: string,
  body: Uint8Array,
  mediaType: string = mediaTypes.manifest,
): Promise<Reply> {
  const headers = { 'content-type': mediaType };
  return send(registry, 'PUT', `/v2/${repository}/manifests/${reference}`, { body, headers });
}

/** An image with all that belongs to it. @returns its digest */
export async function pushImage(
  registry: MemoryRegistry,
  repository: string,
  reference: string,
  more: object = {},
): Promise<string> {
  await pushBlob(registry, repository, '{}');
  await pushBlob(registry, repository, 'a layer');
  const reply = await putManifest(registry, repository, reference, manifestOf('a layer', more));
  if (reply.status !== 201) throw new Error(reply.text);
  return reply.header('docker-content-digest');
}
