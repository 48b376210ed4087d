import {
  type Annotations,
  type Context,
  createImage,
  createIndex,
  describeRaw,
  type Image,
  type ImageIndex,
  type ImagePart,
  mediaTypes,
  type Platform,
  runTogether,
} from '@catamaran/oci';
import type { BaseSource } from './bases/base-source.ts';
import type { Builder } from './builders/builder.ts';
import { mergeExecution } from './execution/merge-execution.ts';
import type { Project } from './project/project.ts';

export interface BuildParts {
  readonly base: BaseSource;
  readonly builder: Builder;
}

/** Builds a project for every platform that it names. Nothing is stored but what the parts keep in their cache. */
export async function buildIndex(project: Project, parts: BuildParts, ctx: Context): Promise<ImageIndex> {
  const images = await runTogether(
    project.platforms.map((platform) => async (inner: Context) => ({
      platform,
      image: await buildImage(project, platform, parts, inner),
    })),
    ctx,
  );
  return createIndex(images, annotationsOf(project));
}

async function buildImage(
  project: Project,
  platform: Platform,
  { base, builder }: BuildParts,
  ctx: Context,
): Promise<Image> {
  const [baseImage, layers, execution] = await runTogether(
    [
      (inner) => base.resolve(platform, inner),
      (inner) => builder.layers(project, platform, inner),
      (inner) => builder.execution(project, inner),
    ],
    ctx,
  );
  const baseConfig = (await baseImage.config()).value;
  const baseParts: ImagePart[] = (await baseImage.layers()).map((layer, at) => ({
    layer,
    createdBy: baseConfig.history?.[at]?.created_by ?? 'base',
  }));
  const baseDigest = describeRaw(mediaTypes.manifest, await baseImage.manifest()).digest;
  return createImage({
    platform,
    parts: [...baseParts, ...layers.map((layer) => ({ layer, createdBy: layer.createdBy }))],
    execution: mergeExecution(project, baseConfig.config ?? {}, execution, annotationsOf(project)),
    annotations: { ...annotationsOf(project), 'org.opencontainers.image.base.digest': baseDigest },
    created: createdAt(project),
  });
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md#pre-defined-annotation-keys */
function annotationsOf(project: Project): Annotations {
  const prefix = 'org.opencontainers.image';
  return {
    [`${prefix}.created`]: createdAt(project),
    [`${prefix}.title`]: project.name,
    ...(project.version ? { [`${prefix}.version`]: project.version } : {}),
    ...(project.description ? { [`${prefix}.description`]: project.description } : {}),
    ...(project.license ? { [`${prefix}.licenses`]: project.license } : {}),
    ...project.labels,
  };
}

function createdAt(project: Project): string {
  return new Date(project.sourceDateEpoch * 1000).toISOString();
}
