import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Context,
  type Digest,
  dockerArchiveStore,
  formatPlatform,
  formatReference,
  type ImageIndex,
  layoutStore,
  ociArchiveStore,
  parseReference,
  runStep,
  selectPlatforms,
} from '@catamaran/oci';
import type { Terminal } from '../process/terminal.ts';
import { type Output, stdoutDest } from './output.ts';

/** What was written where, as `--json` prints it. */
export interface OutputDocument {
  readonly type: Output['type'];
  readonly dest: string;
  /** Which image is in there. */
  readonly name: string;
  readonly platforms: readonly string[];
  /** As the image has it there: a Docker archive's form has another one. */
  readonly digest: Digest;
}

/**
 * Writes one output: beside, and renamed when it is whole. For stdout it is whole before its first byte is written.
 * @param name the project's
 * @throws CATA_ARCHIVE_NOT_WRITABLE, CATA_LAYOUT_NOT_WRITABLE, CATA_OUTPUT_NOT_WRITABLE
 */
export function writeOutput(
  output: Output,
  index: ImageIndex,
  name: string,
  stdout: Terminal,
  ctx: Context,
): Promise<OutputDocument> {
  const { type, dest } = output;
  if (dest !== stdoutDest) return put(output, index, name, ctx);
  return inTemporaryFolder(async (folder) => {
    const path = join(folder, 'image.tar');
    const document = await put({ ...output, dest: path }, index, name, ctx);
    const bytes = createReadStream(path, { highWaterMark: 1024 * 1024, signal: ctx.signal });
    for await (const chunk of bytes) await stdout.write(chunk as Buffer);
    return { ...document, type, dest };
  });
}

async function put(
  { type, dest, name: given, platform, text }: Output,
  index: ImageIndex,
  projectName: string,
  ctx: Context,
): Promise<OutputDocument> {
  const reference = given ?? parseReference(projectName);
  const image = await selectPlatforms(index, platform ? [platform] : [], text);
  const { digest } = await runStep(`output.${text}`, `Output ${text}`, ctx, () =>
    storeOf({ type, dest }).put(reference, image, ctx),
  );
  const all = (await index.manifest()).value.manifests.flatMap(({ platform: one }) => one ?? []);
  // Docker's archives have no names without a tag.
  const { tag = type === 'docker-archive' ? 'latest' : undefined } = reference;
  return {
    ...{ type, dest, digest },
    name: formatReference({ ...reference, ...(tag === undefined ? {} : { tag }) }),
    platforms: (platform ? [platform] : all).map(formatPlatform),
  };
}

function storeOf({ type, dest }: Pick<Output, 'type' | 'dest'>) {
  if (type === 'oci') return layoutStore(dest);
  return type === 'oci-archive' ? ociArchiveStore(dest) : dockerArchiveStore(dest);
}

async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'catamaran-output-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
