// Reads or checks the images of a layout, once, and prints what that took, in milliseconds, as JSON.
// usage: node --conditions=source bench/check/one-check.ts read|check|again <layout> <name> <os/arch>
import { type CheckCache, checkImage, type KeptReport, type LayerScan } from '@catamaran/check';
import { createContext, type Image, isImageIndex, layoutStore, parsePlatform } from '@catamaran/oci';

const [what = '', layout = '', name = '', platformText = ''] = process.argv.slice(2);
const ctx = createContext();
const platform = parsePlatform(platformText);
const found = await layoutStore(layout).get({ repository: name }, ctx);
const image = isImageIndex(found) ? await found.image(platform) : found;
await image.layers();

async function read(from: Image): Promise<{ readonly bytes: number }> {
  let bytes = 0;
  for (const layer of await from.layers()) {
    for await (const chunk of layer.uncompressed()) bytes += chunk.byteLength;
  }
  return { bytes };
}

function memoryCache(): CheckCache {
  const scans = new Map<string, LayerScan>();
  const reports = new Map<string, KeptReport>();
  return {
    getScan: async (key) => scans.get(key),
    putScan: async (key, scan) => void scans.set(key, scan),
    getReport: async (key) => reports.get(JSON.stringify(key)),
    putReport: async (key, report) => void reports.set(JSON.stringify(key), report),
  };
}

/** What is kept, and how many files there are. */
const cache = memoryCache();

async function check(from: Image): Promise<{ readonly findings: number }> {
  const report = await checkImage(from, platform, cache, ctx);
  return { findings: report.findings.length };
}

if (what === 'again') await check(image);
const started = performance.now();
const before = process.cpuUsage();
const result = what === 'read' ? await read(image) : await check(image);
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ ms: performance.now() - started, cpuMs: (user + system) / 1e3, ...result }));
