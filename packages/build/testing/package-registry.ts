import { createHash } from 'node:crypto';
import { file } from '@catamaran/oci';
import { integrityOf, packTarball } from './npm-registry.ts';
import { startServer } from './start-server.ts';

/** A version of a package, as its author publishes it. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  /** The rest of its package.json. */
  readonly [key: string]: unknown;
}

export interface RegistryContent {
  readonly package: PublishedPackage;
  /** Besides package.json and index.js; an executable one where the name ends in "*". */
  readonly files?: Readonly<Record<string, string>>;
}

/** The tarball of a package, as "npm pack" makes it. */
export function tarballOf({ package: manifest, files = {} }: RegistryContent): Promise<Uint8Array> {
  const index = `module.exports = '${manifest.name}@${manifest.version}';\n`;
  const all = { 'package.json': JSON.stringify(manifest), 'index.js': index, ...files };
  return packTarball(
    Object.entries(all).map(([path, content]) =>
      file(`package/${path.replace(/\*$/, '')}`, content, path.endsWith('*') ? 0o755 : 0o644),
    ),
  );
}

/**
 * A registry on loopback that npm itself can install from.
 * @param token asked for where it is given, for everything
 */
export async function startPackageRegistry(contents: readonly RegistryContent[], token?: string) {
  const published = await Promise.all(
    contents.map(async (content) => ({ ...content, tarball: await tarballOf(content) })),
  );
  const requests: string[] = [];
  const server = await startServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    requests.push(path);
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end('{}');
      return;
    }
    const tarball = published.find((one) => path === tarballPath(one.package))?.tarball;
    const versions = published.filter((one) => one.package.name === path);
    if (tarball) response.end(tarball);
    else if (versions.length === 0) response.writeHead(404).end('{}');
    else response.end(JSON.stringify(packument(versions)));
  });
  const packument = (versions: typeof published) => ({
    name: versions[0]?.package.name,
    'dist-tags': { latest: versions.at(-1)?.package.version },
    versions: Object.fromEntries(
      versions.map(({ package: manifest, tarball }) => [
        manifest.version,
        {
          ...manifest,
          dist: {
            integrity: integrityOf(tarball),
            shasum: createHash('sha1').update(tarball).digest('hex'),
            tarball: `${server.url}/${tarballPath(manifest)}`,
          },
        },
      ]),
    ),
  });
  return { ...server, requests };
}

function tarballPath({ name, version }: PublishedPackage): string {
  return `${name}/-/${name.replace(/^@.*\//, '')}-${version}.tgz`;
}
