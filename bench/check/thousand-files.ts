import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  blobLayer,
  createContext,
  createImage,
  createIndex,
  digestOf,
  directory,
  endOfTar,
  file,
  gzipMember,
  layoutStore,
  mediaTypes,
  type Platform,
  readLayer,
  writeTarEntries,
} from '@catamaran/oci';
import { repository } from '../support/repository.ts';

/** What an image has beside its base and Node.js: files of real packages, until there are this many in all. */
const wantedFiles = 1000;

/** Adds a layer of packages' files to an image of a layout, so that it has 1,000 files, under another name. */
export async function writeThousandFiles(
  layout: string,
  from: string,
  name: string,
  platform: Platform,
): Promise<void> {
  const ctx = createContext();
  const store = layoutStore(layout);
  const found = await store.get({ repository: from }, ctx);
  const base = 'child' in found ? await found.image(platform) : found;
  const { config = {} } = (await base.config()).value;
  let present = 0;
  for (const layer of await base.layers()) {
    for await (const { type } of readLayer(layer)) if (type === 'file') present++;
  }
  const layer = await packagesLayer(wantedFiles - present);
  const parts = [{ layer, createdBy: 'packages' }];
  const image = await createImage({
    platform,
    base,
    parts,
    execution: config,
    created: '1970-01-01T00:00:00Z',
  });
  await store.put({ repository: name }, await createIndex([{ platform, image }]), ctx);
}

async function packagesLayer(count: number) {
  const folder = join(repository, 'node_modules');
  const paths = globSync('{fastify,kysely,undici,pino,ajv,semver,@fastify/*}/**/*.{js,json,ts,md}', {
    cwd: folder,
  })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
    .slice(0, count);
  if (paths.length < count) throw new Error(`there are ${paths.length} files, and ${count} are needed`);
  const entries = [
    directory('app/node_modules'),
    ...paths.map((path) => file(`app/node_modules/${path}`, readFileSync(join(folder, path)))),
  ];
  const tar = Buffer.concat([...writeTarEntries(entries, 0), endOfTar]);
  const bytes = await gzipMember(tar);
  const descriptor = { mediaType: mediaTypes.layerGzip, digest: digestOf(bytes), size: bytes.byteLength };
  return blobLayer({
    descriptor,
    diffId: digestOf(tar),
    open: async function* () {
      yield bytes;
    },
  });
}
