import { messageOf } from '../errors/message-of.ts';
import type { ByteStream } from '../layer/byte-stream.ts';
import type { Answer, Call } from './call.ts';
import { type ManifestDocument, readManifest } from './manifest-document.ts';
import type { StoredManifest } from './memory-registry.ts';
import { actualDigest, checkDigest, digestInvalid, isDigest, isTag } from './names.ts';
import { Refusal } from './refusal.ts';
import {
  createdRepository,
  locationOf,
  type RegistryState,
  type RepositoryContent,
  repositoryOf,
} from './registry-state.ts';

const maxManifestBytes = 4 * 1024 * 1024;
const ecrPutsPerSecond = 10;

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-manifests */
export async function putManifest(call: Call): Promise<Answer> {
  const { registry, name, reference } = call;
  repositoryOf(registry, name);
  if (registry.quirks.ecr) countPut(registry);
  const bytes = await readBody(call.body);
  const manifest = { mediaType: contentType(call), bytes };
  const document = parsed(manifest);
  const digest = actualDigest(bytes, isDigest(reference) ? checkDigest(reference) : undefined);
  if (isDigest(reference) && digest !== reference) throw digestInvalid(reference, `what came has ${digest}`);
  if (!isDigest(reference) && !isTag(reference)) throw invalid(`"${reference}" is no tag`);
  checkReferences(document, repositoryOf(registry, name));
  const repository = createdRepository(registry, name);
  if (registry.quirks.immutableTags && repository.tags.has(reference)) throw immutable(name, reference);
  repository.manifests.set(digest, manifest);
  if (!isDigest(reference)) repository.tags.set(reference, digest);
  const location = locationOf(registry, `/v2/${name}/manifests/${digest}`);
  const subject =
    document.subject === undefined || registry.quirks.noReferrers ? {} : { 'oci-subject': document.subject };
  return { status: 201, headers: { location, 'docker-content-digest': digest, ...subject } };
}

async function readBody(body: ByteStream): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maxManifestBytes) {
      throw new Refusal(413, 'SIZE_INVALID', `manifests have at most ${maxManifestBytes} bytes`);
    }
  }
  return Buffer.concat(chunks);
}

/** "The registry SHOULD ignore parameters". */
function contentType({ headers }: Call): string {
  return (headers['content-type'] ?? '').replace(/;.*$/s, '').trim();
}

function parsed(manifest: StoredManifest): ManifestDocument {
  try {
    return readManifest(manifest);
  } catch (error) {
    throw invalid(messageOf(error));
  }
}

/** Nothing is tagged that could not be pulled. The subject may come later. */
function checkReferences({ manifests, blobs }: ManifestDocument, repository: RepositoryContent): void {
  const missing = [
    ...manifests.filter(({ digest }) => !repository.manifests.has(digest)),
    ...blobs.filter(({ digest }) => !repository.blobs.has(digest)),
  ];
  if (missing.length === 0) return;
  const message = 'manifest references a manifest or blob unknown to registry';
  throw new Refusal(
    400,
    missing.map(({ digest }) => ({ code: 'MANIFEST_BLOB_UNKNOWN', message, detail: { digest } })),
  );
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html, PutImage */
function countPut({ manifestPuts, clock }: RegistryState): void {
  const nowMs = clock.now();
  while ((manifestPuts[0] ?? nowMs) <= nowMs - 1000) manifestPuts.shift();
  if (manifestPuts.length >= ecrPutsPerSecond) throw new Refusal(429, 'TOOMANYREQUESTS', 'Rate exceeded');
  manifestPuts.push(nowMs);
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html */
function immutable(name: string, tag: string): Refusal {
  const message = `The image tag '${tag}' already exists in the '${name}' repository and cannot be overwritten because the tag is immutable.`;
  return new Refusal(400, 'TAG_INVALID', message);
}

function invalid(reason: string): Refusal {
  return new Refusal(400, 'MANIFEST_INVALID', reason);
}
