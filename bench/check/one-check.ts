// Reads or checks the image for one platform in a layout, several times, and prints what each took, as JSON.
// usage: node --conditions=source bench/check/one-check.ts read|verify|check|kept <layout> <name> <os/arch> <times>
import { type CheckCache, checkImage, type KeptReport, type LayerScan } from '@catamaran/check';
import {
  createContext,
  Digester,
  type Image,
  isImageIndex,
  layoutStore,
  parsePlatform,
} from '@catamaran/oci';

/** What one process saw, the first time before anything of it was compiled. */
export interface OneCheck {
  readonly ms: readonly number[];
  readonly unpackedBytes: number;
  readonly files: number;
}

const [what = '', layout = '', name = '', platformText = '', times = '1'] = process.argv.slice(2);
const ctx = createContext();
const platform = parsePlatform(platformText);
const found = await layoutStore(layout).get({ repository: name }, ctx);
const image = isImageIndex(found) ? await found.image(platform) : found;
let [unpackedBytes, files] = [0, 0];

/** Reading is draining the uncompressed tar of every layer: whoever looks at an image has to do that. */
async function read(from: Image): Promise<void> {
  unpackedBytes = 0;
  for (const layer of await from.layers()) {
    for await (const chunk of layer.uncompressed()) unpackedBytes += chunk.byteLength;
  }
}

/** As whoever unpacks a layer has to: its diff ID is that of what was read. */
async function verify(from: Image): Promise<void> {
  for (const layer of await from.layers()) {
    const digester = new Digester();
    for await (const chunk of layer.uncompressed()) digester.update(chunk);
    if (digester.digest() !== (await layer.diffId()))
      throw new Error('The image has a layer of another diff ID.');
  }
}

function memoryCache(): CheckCache {
  const scans = new Map<string, LayerScan>();
  const reports = new Map<string, KeptReport>();
  return {
    getScan: async (key) => scans.get(key),
    putScan: async (key, scan) => {
      scans.set(key, scan);
      files = [...scans.values()].flatMap(({ entries }) =>
        entries.filter(({ type }) => type === 'file'),
      ).length;
    },
    getReport: async (key) => reports.get(JSON.stringify(key)),
    putReport: async (key, report) => void reports.set(JSON.stringify(key), report),
  };
}

const kept = memoryCache();
if (what === 'kept') await checkImage(image, platform, kept, ctx);
const ms: number[] = [];
for (let round = 0; round < Number(times); round++) {
  const started = performance.now();
  if (what === 'read') await read(image);
  else if (what === 'verify') await verify(image);
  else await checkImage(image, platform, what === 'kept' ? kept : memoryCache(), ctx);
  ms.push(performance.now() - started);
}
const result: OneCheck = { ms, unpackedBytes, files };
console.log(JSON.stringify(result));
