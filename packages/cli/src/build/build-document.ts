import type { Finding } from '@catamaran/check';
import { type Digest, describeRaw, formatPlatform, mediaTypes, type Platform } from '@catamaran/oci';
import type { BuiltProject } from './build-project.ts';

interface LayerDocument {
  readonly digest: Digest;
  readonly sizeBytes: number;
  /** The same layer is in every platform's image. */
  readonly shared: boolean;
}

interface PlatformDocument {
  readonly platform: string;
  readonly digest: Digest;
  /** Of the compressed layers. */
  readonly sizeBytes: number;
  readonly layers: readonly LayerDocument[];
  readonly elfFiles: number;
  readonly findings: readonly Finding[];
}

/** What a build made, as `--json` prints it. */
export interface BuildDocument {
  readonly name: string;
  readonly digest: Digest;
  readonly layout: string;
  readonly durationMs: number;
  readonly platforms: readonly PlatformDocument[];
}

export async function buildDocument(built: BuiltProject, layout: string): Promise<BuildDocument> {
  const manifests = await Promise.all(built.reports.map(({ platform }) => manifestOf(built, platform)));
  const isShared = (digest: Digest) =>
    manifests.length > 1 && manifests.every(({ layers }) => layers.some((layer) => layer.digest === digest));
  return {
    name: built.project.name,
    digest: built.digest,
    layout,
    durationMs: Math.round(built.durationMs),
    platforms: manifests.map(({ report, digest, layers }) => ({
      platform: formatPlatform(report.platform),
      digest,
      sizeBytes: layers.reduce((sum, layer) => sum + layer.size, 0),
      layers: layers.map((layer) => ({
        digest: layer.digest,
        sizeBytes: layer.size,
        shared: isShared(layer.digest),
      })),
      elfFiles: report.elfFiles,
      findings: report.findings,
    })),
  };
}

async function manifestOf(built: BuiltProject, platform: Platform) {
  const raw = await (await built.index.image(platform)).manifest();
  const report = built.reports.find((candidate) => candidate.platform === platform);
  if (!report) throw new Error(`no check report for ${formatPlatform(platform)}`);
  return { report, digest: describeRaw(mediaTypes.manifest, raw).digest, layers: raw.value.layers };
}
