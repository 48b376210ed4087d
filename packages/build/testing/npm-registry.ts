import { createHash } from 'node:crypto';
import { endOfTar, file, gzipMember, type TarEntry, writeTarEntries } from '@catamaran/oci';
import { type NpmOptions, npmOptionsFrom } from '../src/npm/npm-options.ts';
import { startServer } from './start-server.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { writeFiles } from './write-files.ts';

/** A package's tarball, as npm packs it: everything below "package". */
export function packTarball(
  entries: Readonly<Record<string, string>> | readonly TarEntry[],
): Promise<Uint8Array> {
  const list = Array.isArray(entries)
    ? (entries as readonly TarEntry[])
    : Object.entries(entries).map(([path, content]) => file(`package/${path}`, content));
  return gzipMember(Buffer.concat([...writeTarEntries(list, 0), endOfTar]));
}

export function integrityOf(tarball: Uint8Array, algorithm = 'sha512'): string {
  return `${algorithm}-${createHash(algorithm).update(tarball).digest('base64')}`;
}

/** npm's configuration of a folder that names this registry, with a cache of its own and nothing of this machine's. */
export function npmOptionsFor(registry: string, more: readonly string[] = []): () => Promise<NpmOptions> {
  const home = temporaryFolder();
  const lines = [`registry=${registry}/`, `cache=${home}/cache`, ...more];
  writeFiles(home, { '.npmrc': `${lines.join('\n')}\n`, 'package.json': {} });
  return npmOptionsFrom(home, { HOME: home });
}

/** A registry on loopback that has version 1.0.0 of each of these packages; of Node.js a version that could be. */
export async function startRegistry(
  tarballs: Readonly<Record<string, Uint8Array>>,
  headers: Readonly<Record<string, string>> = {},
) {
  const requests: string[] = [];
  /** What is served in place of a tarball, by its package's name. */
  const replaced = new Map<string, Uint8Array>();
  const server = await startServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    requests.push(path);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const [name = '', isTarball] = path.endsWith('.tgz')
      ? [path.slice(0, path.indexOf('/-/')), true]
      : [path];
    const tarball = tarballs[name];
    if (!tarball) response.writeHead(404).end('{}');
    else if (isTarball) response.end(replaced.get(name) ?? tarball);
    else response.end(JSON.stringify(packument(name, tarball)));
  });
  const versionOf = (name: string) => (name.startsWith('node-linux-') ? '24.21.0' : '1.0.0');
  const packument = (name: string, tarball: Uint8Array) => ({
    name,
    'dist-tags': { latest: versionOf(name) },
    versions: {
      [versionOf(name)]: {
        name,
        version: versionOf(name),
        dist: { integrity: integrityOf(tarball), tarball: `${server.url}/${name}/-/${name}-1.0.0.tgz` },
      },
    },
  });
  return { ...server, requests, replaced };
}
