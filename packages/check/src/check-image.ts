import type { Context, ExecutionConfig, Image, Layer, Platform } from '@catamaran/oci';
import { checkedImage } from './image/checked-image.ts';
import { inOrder, judgeImage } from './judge-image.ts';
import { type KeptReport, relevantPaths, reportWithLayer, symbolicLinks } from './report/kept-report.ts';
import { rulesVersion } from './rules/all-rules.ts';
import { configPlatform } from './rules/config-platform.ts';
import { configSecrets } from './rules/config-secrets.ts';
import { diffIdCounts } from './rules/diff-id.ts';
import type { Finding } from './rules/finding.ts';
import type { ScannedLayer } from './rules/rule.ts';
import { type CheckCache, scanLayer, scanVersion } from './scan/layer-scan.ts';

export interface CheckReport {
  readonly platform: Platform;
  /** How many ELF files were judged. */
  readonly elfFiles: number;
  /** In the order of their paths. */
  readonly findings: readonly Finding[];
}

/** What a report depends on besides the layers. */
interface Circumstances {
  readonly platform: Platform;
  readonly execution: ExecutionConfig;
}

/**
 * Judges what is left in an image when all its layers are applied, what is in each, and how it is started.
 * @param platform what it is expected to be for: what its index says
 */
export async function checkImage(
  image: Image,
  platform: Platform,
  cache: CheckCache,
  ctx: Context,
): Promise<CheckReport> {
  const manifest = (await image.manifest()).value;
  const config = (await image.config()).value;
  const described = [
    ...configPlatform(config, platform),
    ...diffIdCounts(manifest, config),
    ...configSecrets(config),
  ];
  // Which layer would be meant by which diff ID cannot be told.
  if (manifest.layers.length !== config.rootfs.diff_ids.length) {
    return { platform, elfFiles: 0, findings: inOrder(described) };
  }
  const { Labels: _, ...execution } = config.config ?? {};
  const report = await checkContents(await image.layers(), { platform, execution }, cache, ctx);
  if (described.length === 0) return report;
  return { ...report, findings: inOrder([...described, ...report.findings]) };
}

/** Judges the layers, or says what was said of them before. */
async function checkContents(
  layers: readonly Layer[],
  under: Circumstances,
  cache: CheckCache,
  ctx: Context,
): Promise<CheckReport> {
  const key = await reportKey(layers, under);
  const kept = await cache.getReport(key);
  if (kept) return { ...kept.report, platform: under.platform };
  const report =
    (await fromLayersBelow(layers, under, cache, ctx)) ?? (await judgeAll(layers, under, cache, ctx));
  await cache.putReport(key, report);
  return report.report;
}

/** Most often it is the layer on top, the application's, that is new. */
async function fromLayersBelow(
  layers: readonly Layer[],
  under: Circumstances,
  cache: CheckCache,
  ctx: Context,
): Promise<KeptReport | undefined> {
  const [top] = layers.slice(-1);
  if (!top) return undefined;
  const below = await cache.getReport(await reportKey(layers.slice(0, -1), under));
  if (!below) return undefined;
  return withTopLayer(below, await scannedLayer(top, layers.length - 1, cache, ctx), under);
}

function withTopLayer(
  below: KeptReport,
  top: ScannedLayer,
  { platform }: Circumstances,
): KeptReport | undefined {
  const report = reportWithLayer(below, top);
  return report && { ...below, report: { ...report, platform } };
}

async function judgeAll(
  layers: readonly Layer[],
  under: Circumstances,
  cache: CheckCache,
  ctx: Context,
): Promise<KeptReport> {
  const scanned: ScannedLayer[] = [];
  for (const [index, layer] of layers.entries()) {
    scanned.push(await scannedLayer(layer, index, cache, ctx));
  }
  // So that the next image, on the same layers below its own, need not be judged as a whole.
  const below = judge(scanned.slice(0, -1), under);
  await cache.putReport(await reportKey(layers.slice(0, -1), under), below);
  const [top] = scanned.slice(-1);
  return (top && withTopLayer(below, top, under)) ?? judge(scanned, under);
}

function judge(layers: readonly ScannedLayer[], { platform, execution }: Circumstances): KeptReport {
  const image = checkedImage(layers, platform, execution);
  const findings = judgeImage(image);
  const report = { platform, elfFiles: image.elfFiles.length, findings };
  return { report, relevant: relevantPaths(image, findings), links: symbolicLinks(image) };
}

async function scannedLayer(
  layer: Layer,
  index: number,
  cache: CheckCache,
  ctx: Context,
): Promise<ScannedLayer> {
  return { index, diffId: await layer.diffId(), scan: await scanLayer(layer, cache, ctx) };
}

/** By the digests of blobs as well: what an image says of their diff IDs may not be true. */
async function reportKey(layers: readonly Layer[], under: Circumstances): Promise<unknown> {
  const named = layers.map(async (layer) => [(await layer.descriptor()).digest, await layer.diffId()]);
  return { scanVersion, rulesVersion, ...under, layers: await Promise.all(named) };
}
