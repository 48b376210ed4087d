import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { digestHex, digestOf } from '../model/digest.ts';
import { mediaTypes } from '../model/media-types.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasTools } from '../testing/tools.ts';
import type { MemoryRegistryOptions } from './options.ts';
import { descriptorOf } from './testing/push.ts';
import { startedRegistry } from './testing/started-registry.ts';

const credentials = 'sailor:secret';
const user = { username: 'sailor', password: 'secret' };
const setups: readonly (readonly [string, MemoryRegistryOptions])[] = [
  ['with nothing special', {}],
  ['with a password', { auth: { kind: 'basic', ...user } }],
  ['with tokens', { auth: { kind: 'bearer', ...user } }],
  ['with absolute locations', { quirks: { absoluteLocations: true } }],
  ['with small parts refused', { quirks: { chunkMinBytes: 1024 } }],
];

/** Beside a registry in this very process, nothing may wait for a program. */
async function skopeo(command: string, ...args: readonly string[]): Promise<string> {
  const all = ['--insecure-policy', command, ...args];
  return (await promisify(execFile)('skopeo', all, { timeout: 20_000 })).stdout;
}

/** An OCI layout of one image. @returns the digest of its manifest */
function writeLayout(folder: string): string {
  const blobs = join(folder, 'blobs', 'sha256');
  mkdirSync(blobs, { recursive: true });
  const stored = (content: string | Uint8Array, mediaType: string) => {
    const bytes = Buffer.from(content);
    writeFileSync(join(blobs, digestHex(digestOf(bytes))), bytes);
    return descriptorOf(bytes, mediaType);
  };
  const layer = Buffer.alloc(10_240);
  const rootfs = { type: 'layers', diff_ids: [digestOf(layer)] };
  const config = stored(JSON.stringify({ architecture: 'arm64', os: 'linux', rootfs }), mediaTypes.config);
  const layers = [stored(layer, mediaTypes.layerTar)];
  const manifest = { schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers };
  const described = stored(JSON.stringify(manifest), mediaTypes.manifest);
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [described] }));
  writeFileSync(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  return described.digest;
}

describe.skipIf(!hasTools('skopeo'))('skopeo', () => {
  it.each(setups)('pushes, inspects, pulls and deletes %s', async (_, options) => {
    const registry = await startedRegistry(options);
    const [from, to] = [join(temporaryFolder(), 'from'), join(temporaryFolder(), 'to')];
    const digest = writeLayout(from);
    const image = `docker://${registry.address}/team/shop:1`;
    const flags = (of: string) => [
      `--${of}tls-verify=false`,
      ...(options.auth ? [`--${of}creds=${credentials}`] : []),
    ];
    await skopeo('copy', '--preserve-digests', ...flags('dest-'), `oci:${from}`, image);
    expect(registry.tags('team/shop')).toEqual(new Map([['1', digest]]));
    expect(registry.verify()).toEqual([]);
    const inspected = JSON.parse(await skopeo('inspect', ...flags(''), image));
    expect(inspected).toMatchObject({ Digest: digest, Architecture: 'arm64', RepoTags: ['1'] });
    await skopeo('copy', '--preserve-digests', ...flags('src-'), image, `oci:${to}`);
    expect(JSON.parse(readFileSync(join(to, 'index.json'), 'utf8')).manifests[0].digest).toBe(digest);
    await skopeo('delete', ...flags(''), image);
    expect(registry.tags('team/shop').size).toBe(0);
  });

  it('is not let in with another password', async () => {
    const registry = await startedRegistry({ auth: { kind: 'bearer', ...user } });
    const image = `docker://${registry.address}/team/shop:1`;
    const inspected = skopeo('inspect', '--tls-verify=false', '--creds=sailor:other', image);
    await expect(inspected).rejects.toThrow('unauthorized');
  });

  it('mounts what another repository has', async () => {
    const registry = await startedRegistry();
    const from = join(temporaryFolder(), 'from');
    writeLayout(from);
    const image = (name: string) => `docker://${registry.address}/${name}:1`;
    const flags = ['--preserve-digests', '--src-tls-verify=false', '--dest-tls-verify=false'];
    await skopeo('copy', ...flags, `oci:${from}`, image('team/base'));
    const before = registry.requests.length;
    await skopeo('copy', ...flags, image('team/base'), image('team/shop'));
    const mounts = registry.requests.slice(before).filter(({ path }) => path.includes('mount='));
    expect(mounts.map(({ status }) => status)).toContain(201);
    expect(registry.verify()).toEqual([]);
  });
});
