/** On its own, for what is looked into when somebody asks: no build should wait for it. */
export { compareFiles, type FilesComparison } from './compare-files.ts';
export { type ConfigChange, configChanges } from './config-changes.ts';
export type { FileAspect, FileChange, FileState } from './file-changes.ts';
export type { ContentEntry, ContentsCache, LayerContents } from './layer-contents.ts';
export {
  type ImageUse,
  imageUse,
  type LayerUse,
  type RepeatedContent,
  type WastedFile,
} from './layer-use.ts';
export type { PackageChange } from './package-changes.ts';
export { readContents } from './read-contents.ts';
export { type FileNode, rootFiles } from './root-files.ts';
