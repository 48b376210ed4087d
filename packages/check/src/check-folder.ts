import { type Context, type Platform, platforms } from '@catamaran/oci';
import type { CheckReport } from './check-image.ts';
import { checkedImage } from './image/checked-image.ts';
import { inOrder, judgeImage } from './judge-image.ts';
import type { Finding } from './rules/finding.ts';
import type { LayerScan } from './scan/layer-scan.ts';
import { scanFolder } from './scan/scan-folder.ts';

/**
 * Judges a folder that is the root of a file system: its binaries, modes and secrets.
 * @param asked for which platforms; none for the one that most of its binaries are for
 * @returns no report where no platform was asked for and no binary says one
 */
export async function checkFolder(
  folder: string,
  asked: readonly Platform[],
  ctx: Context,
): Promise<readonly CheckReport[]> {
  const { scan, unreadable } = await scanFolder(folder, ctx);
  const guessed = asked.length > 0 ? asked : platformOf(scan);
  const closed = unreadable.map(({ path, reason }): Finding => {
    const message = `cannot be looked into: ${reason}`;
    return { rule: 'readable', level: 'warning', path: `/${path}`, message };
  });
  return guessed.map((platform) => {
    const image = checkedImage([{ index: 0, diffId: scan.diffId, scan }], platform, {});
    const findings = inOrder([...judgeImage(image), ...closed]);
    return { platform, elfFiles: image.elfFiles.length, findings };
  });
}

function platformOf({ elf }: LayerScan): Platform[] {
  const counted = platforms.map((platform) => ({
    platform,
    count: elf.filter(({ machine }) => machine === platform.architecture).length,
  }));
  const [most] = counted.sort((a, b) => b.count - a.count);
  return most && most.count > 0 ? [most.platform] : [];
}
