import type { TarFault } from '../scan/tar-faults.ts';
import type { Finding } from './finding.ts';
import type { ImageRule, LayerRule } from './rule.ts';

/** A layer has every path once, and nothing that takes away what it brought itself. */
export const tarOrderRule: LayerRule = {
  id: 'tar-order',
  check({ diffId, scan }) {
    return scan.faults.flatMap(({ path, kind }): Finding[] => {
      if (kind !== 'twice' && kind !== 'buries') return [];
      const message =
        kind === 'twice'
          ? 'is in the layer twice: some unpackers take the first, some the last'
          : 'comes after files in a folder of the same name, which unpackers then lose or keep';
      return [{ rule: 'tar-order', level: 'warning', path: `/${path}`, layer: diffId, message }];
    });
  },
};

/** A hard link comes after what it links to, in its own layer or one below. */
export const tarLinkRule: ImageRule = {
  id: 'tar-order',
  check({ layers }) {
    return layers.flatMap(({ index, diffId, scan }) => {
      const links = scan.faults.filter(({ kind }) => kind === 'link-too-early' || kind === 'link-outside');
      if (links.length === 0) return [];
      const below = new Set(
        layers.slice(0, index).flatMap((layer) => layer.scan.entries.map(({ path }) => path)),
      );
      return links
        .filter(({ kind, target = '' }) => kind === 'link-too-early' || !below.has(target))
        .map((fault) => linkFinding(fault, diffId));
    });
  },
};

function linkFinding({ path, kind, target }: TarFault, layer: Finding['layer']): Finding {
  const message =
    kind === 'link-too-early'
      ? `links to /${target}, which comes after it in the layer: unpackers fail, or link to an older file`
      : `links to /${target}, which is in no layer: unpackers fail`;
  return { rule: 'tar-order', level: 'error', path: `/${path}`, ...(layer ? { layer } : {}), message };
}
