export type { BaseSource } from './bases/base-source.ts';
export { type BuildParts, buildIndex } from './build-index.ts';
export type { Builder, BuiltLayer } from './builders/builder.ts';
export { type Cache, cacheKey, openCache } from './cache/cache.ts';
export { buildErrors } from './errors.ts';
export { configJsonSchema } from './project/config-json-schema.ts';
export { configFileName, loadProject, type ProjectOverrides } from './project/load-project.ts';
export type { Project } from './project/project.ts';
export { projectParts, type Surroundings } from './project-parts.ts';
