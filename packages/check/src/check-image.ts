import { type Context, composeTree, type Image, type ImageTree, type Platform } from '@catamaran/oci';
import type { ElfFile } from './elf/elf-file.ts';
import { interpreterRule } from './rules/interpreter.ts';
import { machineRule } from './rules/machine.ts';
import { neededRule } from './rules/needed.ts';
import type { Finding } from './rules/rule.ts';
import { type LayerScan, type ScanCache, scanLayer } from './scan/layer-scan.ts';

export interface CheckReport {
  readonly platform: Platform;
  /** How many ELF files were judged. */
  readonly elfFiles: number;
  /** In the order of their paths. */
  readonly findings: readonly Finding[];
}

/** Judges every ELF file that is left in an image when all its layers are applied. */
export async function checkImage(
  image: Image,
  platform: Platform,
  cache: ScanCache,
  ctx: Context,
): Promise<CheckReport> {
  const scans: LayerScan[] = [];
  for (const layer of await image.layers()) scans.push(await scanLayer(layer, cache, ctx));
  const tree = composeTree(scans.map((scan) => scan.entries));
  const files = scans.flatMap((scan, layer) =>
    scan.elf.filter((file) => tree.get(file.path)?.layerIndex === layer),
  );
  const findings = [...brokenFiles(scans, tree), ...files.flatMap((file) => judge(file, platform, tree))];
  return {
    platform,
    elfFiles: files.length,
    findings: findings.sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

function judge(file: ElfFile, platform: Platform, tree: ImageTree): Finding[] {
  const rules = [machineRule(platform), interpreterRule, neededRule(platform)];
  return rules.flatMap((rule) => rule.check(file, tree));
}

function brokenFiles(scans: readonly LayerScan[], tree: ImageTree): Finding[] {
  return scans.flatMap((scan, layer) =>
    scan.broken
      .filter(({ path }) => tree.get(path)?.layerIndex === layer)
      .map(({ path, reason }) => ({
        rule: 'readable',
        level: 'error',
        path: `/${path}`,
        message: `cannot be read: ${reason}`,
      })),
  );
}
