import {
  type Context,
  composeTree,
  type Image,
  type ImageTree,
  type Layer,
  type Platform,
} from '@catamaran/oci';
import type { ElfFile } from './elf/elf-file.ts';
import { type KeptReport, relevantPaths, reportWithLayer } from './report/kept-report.ts';
import { interpreterRule } from './rules/interpreter.ts';
import { machineRule } from './rules/machine.ts';
import { neededRule } from './rules/needed.ts';
import type { Finding } from './rules/rule.ts';
import { type CheckCache, type LayerScan, scanLayer } from './scan/layer-scan.ts';

export interface CheckReport {
  readonly platform: Platform;
  /** How many ELF files were judged. */
  readonly elfFiles: number;
  /** In the order of their paths. */
  readonly findings: readonly Finding[];
}

/** Changes whenever the same layers would be judged otherwise. */
const rulesVersion = 1;

/** Judges every ELF file that is left in an image when all its layers are applied. */
export async function checkImage(
  image: Image,
  platform: Platform,
  cache: CheckCache,
  ctx: Context,
): Promise<CheckReport> {
  const layers = await image.layers();
  const key = await reportKey(layers, platform);
  const kept = await cache.getReport(key);
  if (kept) return { ...kept.report, platform };
  const report =
    (await fromLayersBelow(layers, platform, cache, ctx)) ?? (await judgeAll(layers, platform, cache, ctx));
  await cache.putReport(key, report);
  return report.report;
}

/** Most often it is the layer on top, the application's, that is new. */
async function fromLayersBelow(
  layers: readonly Layer[],
  platform: Platform,
  cache: CheckCache,
  ctx: Context,
): Promise<KeptReport | undefined> {
  const [top] = layers.slice(-1);
  if (!top) return undefined;
  const key = await reportKey(layers.slice(0, -1), platform);
  const below = await cache.getReport(key);
  const report = below && reportWithLayer(below, await scanLayer(top, cache, ctx));
  return report && { ...below, report: { ...report, platform } };
}

async function judgeAll(
  layers: readonly Layer[],
  platform: Platform,
  cache: CheckCache,
  ctx: Context,
): Promise<KeptReport> {
  const scans: LayerScan[] = [];
  for (const layer of layers) scans.push(await scanLayer(layer, cache, ctx));
  // So that the next image, on the same layers below its own, need not be judged as a whole.
  const below = judge(scans.slice(0, -1), platform);
  await cache.putReport(await reportKey(layers.slice(0, -1), platform), below);
  return judge(scans, platform);
}

function judge(scans: readonly LayerScan[], platform: Platform): KeptReport {
  const tree = composeTree(scans.map((scan) => scan.entries));
  const files = scans.flatMap((scan, layer) =>
    scan.elf.filter((file) => tree.get(file.path)?.layerIndex === layer),
  );
  const findings = [...brokenFiles(scans, tree), ...files.flatMap((file) => judgeFile(file, platform, tree))];
  const report = {
    platform,
    elfFiles: files.length,
    findings: findings.sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
  return { report, relevant: relevantPaths(scans, tree) };
}

async function reportKey(layers: readonly Layer[], platform: Platform): Promise<unknown> {
  const diffIds = await Promise.all(layers.map((layer) => layer.diffId()));
  return { rulesVersion, platform, diffIds };
}

function judgeFile(file: ElfFile, platform: Platform, tree: ImageTree): Finding[] {
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
