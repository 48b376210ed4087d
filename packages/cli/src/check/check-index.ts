import { type Cache, cacheKey } from '@catamaran/build';
import {
  type CheckCache,
  type CheckReport,
  checkImage,
  type Finding,
  failing,
  type KeptReport,
  type LayerScan,
  withSameImages,
} from '@catamaran/check';
import {
  type Context,
  formatPlatform,
  type ImageIndex,
  knownPlatform,
  type PlatformImage,
  runStep,
} from '@catamaran/oci';
import { cliErrors } from '../errors.ts';
import { printable } from '../output/printable.ts';

/** Judges the image of every platform in an index. */
export async function checkIndex(index: ImageIndex, cache: Cache, ctx: Context): Promise<CheckReport[]> {
  const { manifests } = (await index.manifest()).value;
  const platforms = manifests.flatMap(({ platform }) => (platform && knownPlatform(platform)) ?? []);
  const images = platforms.map(async (platform) => ({ platform, image: await index.image(platform) }));
  return checkImages(await Promise.all(images), cache, ctx);
}

export async function checkImages(
  images: readonly PlatformImage[],
  cache: Cache,
  ctx: Context,
): Promise<CheckReport[]> {
  return runStep('check', 'Every binary against its platform', ctx, async (step) => {
    const reports: CheckReport[] = [];
    for (const { platform, image } of images) {
      step.progress(formatPlatform(platform));
      reports.push(await checkImage(image, platform, checkCache(cache), ctx));
    }
    step.conclude(`${reports.reduce((sum, report) => sum + report.elfFiles, 0)} ELF files`);
    return withSameImages(images, reports);
  });
}

/** @throws CATA_CHECK_FAILED */
export function requireNoErrors(image: string, reports: readonly CheckReport[]): void {
  const errors = reports.flatMap((report) =>
    failing(report.findings).map((finding) => formatFinding(report, finding)),
  );
  if (errors.length === 0) return;
  const shown = errors.slice(0, 20);
  if (errors.length > shown.length) shown.push(`  … and ${errors.length - shown.length} more`);
  const count = errors.length === 1 ? 'an error' : `${errors.length} errors`;
  throw cliErrors.CATA_CHECK_FAILED({ count, image, findings: shown.join('\n') });
}

function formatFinding({ platform }: CheckReport, { rule, path, message }: Finding): string {
  const file = path === undefined ? '' : `${printable(path)} `;
  return `  ${rule}  ${formatPlatform(platform)}  ${file}${printable(message)}`;
}

function checkCache(cache: Cache): CheckCache {
  return {
    getScan: (key) => cache.getJson<LayerScan>('scans', key),
    putScan: (key, scan) => cache.putJson('scans', key, scan),
    getReport: (key) => cache.getJson<KeptReport>('reports', cacheKey(key)),
    putReport: (key, report) => cache.putJson('reports', cacheKey(key), report),
  };
}
