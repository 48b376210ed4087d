import type { PlatformImage } from '@catamaran/oci';
import type { CheckReport } from './check-image.ts';
import { inOrder } from './judge-image.ts';
import { sameImage, type Twin } from './rules/same-image.ts';

/** The reports of an index's images, with what can only be said of all of them together. */
export async function withSameImages(
  images: readonly PlatformImage[],
  reports: readonly CheckReport[],
): Promise<CheckReport[]> {
  const twins = images.map(async ({ platform, image }, at): Promise<Twin> => {
    const diffIds = (await image.config()).value.rootfs.diff_ids;
    return { platform, diffIds, elfFiles: reports[at]?.elfFiles ?? 0 };
  });
  const all = await Promise.all(twins);
  return reports.map((report, at) => {
    const [twin] = all.slice(at, at + 1);
    const found = twin ? sameImage(twin, all) : [];
    return found.length === 0 ? report : { ...report, findings: inOrder([...report.findings, ...found]) };
  });
}
