import { messageOf } from '../errors/message-of.ts';
import { type Pointer, readManifest } from './manifest-document.ts';
import { actualDigest } from './names.ts';
import type { RepositoryContent } from './registry-state.ts';

/** What is wrong with what the tags lead to, one sentence each. */
export function verifyContent(repositories: ReadonlyMap<string, RepositoryContent>): readonly string[] {
  return [...repositories].flatMap(([name, repository]) =>
    [...repository.tags].flatMap(([tag, digest]) =>
      manifestFaults(repository, digest).map((fault) => `${name}:${tag}: ${fault}`),
    ),
  );
}

/** @param above what leads here: something planted may lead to itself */
function manifestFaults(
  repository: RepositoryContent,
  digest: string,
  above: readonly string[] = [],
): readonly string[] {
  if (above.includes(digest)) return [`the manifest ${digest} contains itself`];
  const manifest = repository.manifests.get(digest);
  if (!manifest) return [`the manifest ${digest} is missing`];
  const faults = contentFaults('the manifest', digest, manifest.bytes);
  try {
    const { manifests, blobs } = readManifest(manifest);
    const below = manifests.flatMap((child) => [
      ...sizeFaults('the manifest', child, repository.manifests.get(child.digest)?.bytes),
      ...manifestFaults(repository, child.digest, [...above, digest]),
    ]);
    return [...faults, ...below, ...blobs.flatMap((blob) => blobFaults(repository, blob))];
  } catch (error) {
    return [...faults, `the manifest ${digest} cannot be read: ${messageOf(error)}`];
  }
}

function blobFaults({ blobs }: RepositoryContent, pointer: Pointer): readonly string[] {
  const bytes = blobs.get(pointer.digest);
  if (!bytes) return [`the blob ${pointer.digest} is missing`];
  return [...sizeFaults('the blob', pointer, bytes), ...contentFaults('the blob', pointer.digest, bytes)];
}

function sizeFaults(
  what: string,
  { digest, size }: Pointer,
  bytes: Uint8Array | undefined,
): readonly string[] {
  return !bytes || bytes.byteLength === size
    ? []
    : [`${what} ${digest} has ${bytes.byteLength} bytes, and its descriptor says ${size}`];
}

function contentFaults(what: string, digest: string, bytes: Uint8Array): readonly string[] {
  const actual = actualDigest(bytes, digest);
  return actual === digest ? [] : [`${what} ${digest} has the digest ${actual}`];
}
