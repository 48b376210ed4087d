import type { Context, ExecutionConfig, Image, Layer, Platform } from '@catamaran/oci';
import { checkedImage } from './image/checked-image.ts';
import { judgeImage } from './judge-image.ts';
import { type KeptReport, relevantPaths, reportWithLayer } from './report/kept-report.ts';
import { rulesVersion } from './rules/all-rules.ts';
import type { Finding } from './rules/finding.ts';
import type { ScannedLayer } from './rules/rule.ts';
import { type CheckCache, scanLayer } from './scan/layer-scan.ts';

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

/** Judges what is left in an image when all its layers are applied, and how it is started. */
export async function checkImage(
  image: Image,
  platform: Platform,
  cache: CheckCache,
  ctx: Context,
): Promise<CheckReport> {
  const layers = await image.layers();
  const { Labels: _, ...execution } = (await image.config()).value.config ?? {};
  const under: Circumstances = { platform, execution };
  const key = await reportKey(layers, under);
  const kept = await cache.getReport(key);
  if (kept) return { ...kept.report, platform };
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
  const report = below && reportWithLayer(below, await scanLayer(top, cache, ctx));
  return report && { ...below, report: { ...report, platform: under.platform } };
}

async function judgeAll(
  layers: readonly Layer[],
  under: Circumstances,
  cache: CheckCache,
  ctx: Context,
): Promise<KeptReport> {
  const scanned: ScannedLayer[] = [];
  for (const [index, layer] of layers.entries()) {
    scanned.push({ index, diffId: await layer.diffId(), scan: await scanLayer(layer, cache, ctx) });
  }
  // So that the next image, on the same layers below its own, need not be judged as a whole.
  const below = judge(scanned.slice(0, -1), under);
  await cache.putReport(await reportKey(layers.slice(0, -1), under), below);
  return judge(scanned, under);
}

function judge(layers: readonly ScannedLayer[], { platform, execution }: Circumstances): KeptReport {
  const image = checkedImage(layers, platform, execution);
  const report = { platform, elfFiles: image.elfFiles.length, findings: judgeImage(image) };
  return { report, relevant: relevantPaths(image) };
}

async function reportKey(layers: readonly Layer[], under: Circumstances): Promise<unknown> {
  const diffIds = await Promise.all(layers.map((layer) => layer.diffId()));
  return { rulesVersion, ...under, diffIds };
}
