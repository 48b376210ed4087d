export { type ArchiveFile, openArchive } from './archive/archive-file.ts';
export { archiveErrors } from './archive/errors.ts';
export { type Blob, type BlobOrigin, memoryBlob } from './content/blob.ts';
export { type Content, contentOf, type ManifestContent } from './content/content-of.ts';
export type { ContentReader } from './content/content-reader.ts';
export { type ContentSink, putParts } from './content/content-sink.ts';
export { storedImage } from './content/stored-image.ts';
export { fetchStep } from './content/transfer-step.ts';
export { verified } from './content/verified.ts';
export { type Clock, systemClock } from './context/clock.ts';
export { type Context, createContext } from './context/context.ts';
export type { Event, Events } from './context/event.ts';
export { runStep, type Step } from './context/run-step.ts';
export { runTogether } from './context/run-together.ts';
export { sharedLookup } from './context/shared-lookup.ts';
export { unlessAborted } from './context/unless-aborted.ts';
export { dockerArchiveStore } from './docker-archive/docker-archive-store.ts';
export { imageId, readSavedImages, type SavedImage } from './docker-archive/saved-images.ts';
export type { ContainerEngine } from './docker-engine/container-engine.ts';
export { engineErrors } from './docker-engine/errors.ts';
export { findEngine } from './docker-engine/find-engine.ts';
export { type LoadedImage, loadImage } from './docker-engine/load-image.ts';
export { platformsForEngine } from './docker-engine/platforms-for-engine.ts';
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
export { compressionVersion, type GzipMember, gzipMembers } from './gzip/gzip-members.ts';
export { createImage, type ImageOptions, type ImagePart } from './image/create-image.ts';
export { createIndex, type PlatformImage } from './image/create-index.ts';
export { descriptorOf } from './image/descriptor-of.ts';
export { findPlatform } from './image/find-platform.ts';
export { type Image, type ImageIndex, isImageIndex } from './image/image.ts';
export { imageInIndex } from './image/image-in-index.ts';
export type { ImageStore } from './image/image-store.ts';
export { asOciImage } from './image/oci-image.ts';
export { selectPlatforms } from './image/select-platforms.ts';
export { blobLayer } from './layer/blob-layer.ts';
export { type ByteStream, collectBytes, streamOf } from './layer/byte-stream.ts';
export type { Layer } from './layer/layer.ts';
export { type BlobStore, blobStore, type WrittenBlob } from './layout/blob-store.ts';
export { readLayoutIndex } from './layout/layout-index.ts';
export { layoutStore } from './layout/layout-store.ts';
export { refNameOf } from './layout/ref-name.ts';
export type { Annotations, Descriptor } from './model/descriptor.ts';
export { type Digest, Digester, digestHex, digestOf, parseDigest } from './model/digest.ts';
export type { ExecutionConfig, HistoryEntry, ImageConfig } from './model/image-config.ts';
export type { IndexManifest, Manifest } from './model/manifest.ts';
export { isIndexType, isManifestType, mediaTypes } from './model/media-types.ts';
export { parseImageConfig } from './model/parse-image-config.ts';
export { maxManifestBytes, parseManifest } from './model/parse-manifest.ts';
export {
  type Architecture,
  type DescribedPlatform,
  formatPlatform,
  hostPlatform,
  knownPlatform,
  type Platform,
  parseDescribedPlatform,
  parsePlatform,
  platforms,
  samePlatform,
} from './model/platform.ts';
export { describeRaw, type Raw, rawFromBytes, rawFromValue } from './model/raw.ts';
export { formatReference, parseReference, type Reference } from './model/reference.ts';
export { readArchiveIndex } from './oci-archive/archive-index.ts';
export { ociArchiveStore } from './oci-archive/oci-archive-store.ts';
export type { BlobOrigins } from './registry/blobs/blob-origins.ts';
export type {
  Credential,
  CredentialEnvironment,
  CredentialSource,
} from './registry/credentials/credentials.ts';
export { defaultCredentials } from './registry/credentials/default-credentials.ts';
export { credentialErrors } from './registry/credentials/errors.ts';
export type { EcrRepositorySettings } from './registry/ecr/create-ecr-repository.ts';
export { ecrErrors } from './registry/ecr/errors.ts';
export { registryErrors } from './registry/errors.ts';
export type { RegistryOptions, RetryOptions } from './registry/registry-options.ts';
export { type RegistryStore, registryStore } from './registry/registry-store.ts';
export { type RepositoryName, repositoryNameOf } from './registry/repository-name.ts';
export { foldersAbove } from './tar/folders-above.ts';
export { isUnsafePath, type ReadEntry, readTar } from './tar/read-tar.ts';
export { type StreamedFile, streamTarEntries } from './tar/stream-tar.ts';
export { directory, file, symlink, type TarEntry, type TarFile, type TarLink } from './tar/tar-entry.ts';
export { endOfTar, sortEntries, writeTarEntries } from './tar/write-tar.ts';
export { placeOf } from './tree/entry-tree.ts';
export { composeTree, type ImageTree, type OnLoss, type PlacedEntry } from './tree/image-tree.ts';
export { readLayer, type TreeEntry, treeEntry } from './tree/tree-entry.ts';
