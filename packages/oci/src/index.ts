export { type Clock, systemClock } from './context/clock.ts';
export { type Context, createContext } from './context/context.ts';
export type { Event, Events } from './context/event.ts';
export { runStep, type Step } from './context/run-step.ts';
export { runTogether } from './context/run-together.ts';
export { CatamaranError, type Fault } from './errors/catamaran-error.ts';
export {
  defineErrors,
  type ErrorDefinition,
  type ErrorFactory,
  type ErrorTable,
} from './errors/define-errors.ts';
export { ociErrors } from './errors/errors.ts';
export { messageOf } from './errors/message-of.ts';
export { gzipMember } from './gzip/gzip-member.ts';
export { type GzipMember, gzipMembers } from './gzip/gzip-members.ts';
export { createImage, type ImageOptions, type ImagePart } from './image/create-image.ts';
export { createIndex, type PlatformImage } from './image/create-index.ts';
export { type Image, type ImageIndex, isImageIndex } from './image/image.ts';
export type { ImageStore } from './image/image-store.ts';
export { blobLayer } from './layer/blob-layer.ts';
export { type ByteStream, collectBytes, streamOf } from './layer/byte-stream.ts';
export type { Layer } from './layer/layer.ts';
export { type BlobStore, blobStore, type WrittenBlob } from './layout/blob-store.ts';
export { layoutStore } from './layout/layout-store.ts';
export type { Annotations, Descriptor } from './model/descriptor.ts';
export { type Digest, Digester, digestHex, digestOf, parseDigest } from './model/digest.ts';
export type { ExecutionConfig, HistoryEntry, ImageConfig } from './model/image-config.ts';
export type { IndexManifest, Manifest } from './model/manifest.ts';
export { mediaTypes } from './model/media-types.ts';
export {
  type Architecture,
  formatPlatform,
  hostPlatform,
  type Platform,
  parsePlatform,
  platforms,
  samePlatform,
} from './model/platform.ts';
export { describeRaw, type Raw, rawFromBytes, rawFromValue } from './model/raw.ts';
export { formatReference, parseReference, type Reference } from './model/reference.ts';
export { foldersAbove } from './tar/folders-above.ts';
export { isUnsafePath, type ReadEntry, readTar } from './tar/read-tar.ts';
export { directory, file, symlink, type TarEntry, type TarFile } from './tar/tar-entry.ts';
export { endOfTar, sortEntries, writeTarEntries } from './tar/write-tar.ts';
export { composeTree, type ImageTree, type PlacedEntry } from './tree/image-tree.ts';
export { readLayer, type TreeEntry, treeEntry } from './tree/tree-entry.ts';
