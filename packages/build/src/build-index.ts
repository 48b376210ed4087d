import {
  type Annotations,
  asOciImage,
  type Context,
  createImage,
  createIndex,
  type Image,
  type ImageIndex,
  type Platform,
  runTogether,
} from '@catamaran/oci';
import { imageBaseAnnotations, indexBaseAnnotations } from './bases/base-annotations.ts';
import type { BaseSource } from './bases/base-source.ts';
import type { Builder } from './builders/builder.ts';
import type { Cache } from './cache/cache.ts';
import { fitBase } from './execution/fit-base.ts';
import { mergeExecution } from './execution/merge-execution.ts';
import type { Project } from './project/project.ts';

export interface BuildParts {
  readonly base: BaseSource;
  readonly builder: Builder;
  readonly cache: Cache;
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
  const origin = await parts.base.origin(ctx);
  return createIndex(images, { ...annotationsOf(project), ...indexBaseAnnotations(origin) });
}

async function buildImage(
  project: Project,
  platform: Platform,
  { base, builder, cache }: BuildParts,
  ctx: Context,
): Promise<Image> {
  const [baseImage, origin, layers, execution] = await runTogether(
    [
      (inner) => base.resolve(platform, inner),
      (inner) => base.origin(inner),
      (inner) => builder.layers(project, platform, inner),
      (inner) => builder.execution(project, platform, inner),
    ],
    ctx,
  );
  const labels = annotationsOf(project);
  const fitting = await fitBase(project, baseImage, execution, cache, ctx);
  return createImage({
    platform,
    base: await asOciImage(baseImage),
    parts: [...layers, ...fitting].map((layer) => ({ layer, createdBy: layer.createdBy })),
    execution: mergeExecution(project, (await baseImage.config()).value.config ?? {}, execution, labels),
    annotations: { ...labels, ...(await imageBaseAnnotations(origin, baseImage)) },
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
