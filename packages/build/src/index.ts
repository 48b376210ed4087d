export type { BaseSource } from './bases/base-source.ts';
export type { PackageChange } from './bases/update/base-changes.ts';
export { type BaseUpdate, updateBase } from './bases/update/update-base.ts';
export { type BuildParts, buildIndex } from './build-index.ts';
export type { Builder, BuiltLayer } from './builders/builder.ts';
export { type Cache, cacheKey, openCache } from './cache/cache.ts';
export { buildErrors } from './errors.ts';
export { type InputLog, type Inputs, noInputs, RecordedInputs } from './inputs/input-log.ts';
export type { ParsedConfig } from './project/config-schema.ts';
export {
  type ConfigMemory,
  configFileName,
  loadProject,
  type ProjectOverrides,
} from './project/load-project.ts';
export type { Project } from './project/project.ts';
export { type ProjectParts, projectParts, type Surroundings } from './project-parts.ts';
export { type PathPattern, parsePattern } from './source/files/path-pattern.ts';
