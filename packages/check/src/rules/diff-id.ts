import type { ImageConfig, Manifest } from '@catamaran/oci';
import type { Finding } from './finding.ts';
import type { LayerRule } from './rule.ts';

/** A layer's bytes are what the configuration says of them. */
export const diffIdRule: LayerRule = {
  id: 'diff-id',
  check({ index, diffId, scan }) {
    if (scan.diffId === diffId) return [];
    const message = `layer ${index + 1} is said to be ${diffId}, and is ${scan.diffId}`;
    return [{ rule: 'diff-id', level: 'error', layer: diffId, message }];
  },
};

/**
 * There are as many diff IDs as layers, and as many lines of history that made one.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties
 */
export function diffIdCounts(manifest: Manifest, config: ImageConfig): Finding[] {
  const layers = manifest.layers.length;
  const diffIds = config.rootfs.diff_ids.length;
  const made = (config.history ?? []).filter(({ empty_layer: isEmpty }) => !isEmpty).length;
  const count = (level: Finding['level'], message: string): Finding => ({ rule: 'diff-id', level, message });
  if (layers !== diffIds) {
    return [count('error', `it has ${layers} layers and ${diffIds} diff IDs; its files were not looked at`)];
  }
  if (!config.history?.length || made === layers) return [];
  return [count('warning', `its history tells of ${made} layers, and it has ${layers}`)];
}
