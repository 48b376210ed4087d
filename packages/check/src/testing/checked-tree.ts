import {
  type ExecutionConfig,
  type Platform,
  parseDigest,
  parsePlatform,
  type TreeEntry,
} from '@catamaran/oci';
import { checkedImage } from '../image/checked-image.ts';
import type { CheckedImage } from '../rules/rule.ts';
import type { LayerScan } from '../scan/layer-scan.ts';

interface ImageParts extends Partial<Omit<LayerScan, 'entries'>> {
  /** Default: linux/amd64. */
  readonly platform?: Platform;
  readonly execution?: ExecutionConfig;
}

/** An image of one layer of files and, where there is an arrow, symbolic links; folders end with a slash. */
export function checkedTree(paths: readonly string[], parts: ImageParts = {}): CheckedImage {
  const { platform = parsePlatform('linux/amd64'), execution = {}, ...found } = parts;
  const diffId = parseDigest(`sha256:${'0'.repeat(64)}`);
  const nothing = { elf: [], broken: [], foreign: [], scripts: [], packages: [], secrets: [], faults: [] };
  const scan: LayerScan = { diffId, entries: paths.map(entryOf), ...nothing, texts: {}, ...found };
  return checkedImage([{ index: 0, diffId, scan }], platform, execution);
}

function entryOf(text: string): TreeEntry {
  const [path = '', target = ''] = text.split(' -> ');
  const rest = { mode: 0o755, uid: 0, gid: 0, sizeBytes: 0, target };
  if (target) return { ...rest, path, type: 'symlink' };
  return path.endsWith('/')
    ? { ...rest, path: path.slice(0, -1), type: 'directory' }
    : { ...rest, path, type: 'file' };
}
