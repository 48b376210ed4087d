import type { Context } from '../context/context.ts';
import { runStep, type Step } from '../context/run-step.ts';
import { familiarName } from '../docker-archive/familiar-name.ts';
import { CatamaranError } from '../errors/catamaran-error.ts';
import { type Image, type ImageIndex, isImageIndex } from '../image/image.ts';
import type { ByteStream } from '../layer/byte-stream.ts';
import { quotable } from '../model/quotable.ts';
import type { Reference } from '../model/reference.ts';
import { streamTarEntries } from '../tar/stream-tar.ts';
import { endOfTar } from '../tar/write-tar.ts';
import type { ContainerEngine } from './container-engine.ts';
import { connectionReason } from './engine-connection.ts';
import { engineErrors } from './errors.ts';
import { layoutArchive } from './layout-archive.ts';
import { presentLayers } from './present-layers.ts';
import { type SentArchive, savedImageArchive } from './saved-image-archive.ts';

export interface LoadedImage {
  readonly sentBytes: number;
  /** How many of its layers the engine had. */
  readonly presentLayers: number;
}

/**
 * Puts an image into a running engine, under each of the names.
 * @param image an index only for an engine that keeps indexes
 * @throws CATA_ENGINE_REFUSED, CATA_ENGINE_BROKE_OFF, and what the layers throw
 */
export function loadImage(
  engine: ContainerEngine,
  image: Image | ImageIndex,
  names: readonly [Reference, ...Reference[]],
  ctx: Context,
): Promise<LoadedImage> {
  const title = `Load ${names.map(familiarName).join(', ')} into ${engine.name}`;
  return runStep('load', title, ctx, async (step) => {
    if (isImageIndex(image)) {
      return {
        sentBytes: await send(engine, await layoutArchive(image, names, ctx), step, ctx),
        presentLayers: 0,
      };
    }
    const present = await presentLayers(engine, image, names[0], ctx);
    const sendAbove = async (layers: number) => {
      const sentBytes = await send(engine, await savedImageArchive(image, names, layers), step, ctx);
      return { sentBytes, presentLayers: layers };
    };
    return sendAbove(present).catch((error: unknown) => {
      const isRefused = error instanceof CatamaranError && error.code === 'CATA_ENGINE_REFUSED';
      // It may have lost what it had, or be one that wants all of it.
      if (present > 0 && isRefused) return sendAbove(0);
      throw error;
    });
  });
}

/** https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Image/operation/ImageLoad */
async function send(
  { name, address, connection }: ContainerEngine,
  archive: SentArchive,
  step: Step,
  ctx: Context,
): Promise<number> {
  const engine = { engine: name, address };
  let failure: unknown;
  let sentBytes = 0;
  const tar = async function* (): ByteStream {
    try {
      for await (const chunk of streamTarEntries(archive.entries, 0)) {
        ctx.signal.throwIfAborted();
        sentBytes += chunk.byteLength;
        step.progress(`${megabytes(sentBytes)} of ${megabytes(archive.sizeBytes)} MB`);
        yield chunk;
      }
      yield endOfTar;
      step.progress(`${megabytes(sentBytes)} MB sent, the engine unpacks it`);
    } catch (error) {
      failure = error;
      throw error;
    }
  };
  const answer = await connection.postTar('/images/load?quiet=1', tar(), ctx).catch((cause: unknown) => {
    ctx.signal.throwIfAborted();
    // What could not be read here is not the engine's doing.
    if (failure !== undefined) throw failure;
    throw engineErrors.CATA_ENGINE_BROKE_OFF({ ...engine, reason: connectionReason(cause) }, { cause });
  });
  const reason = refusalIn(answer);
  if (reason !== undefined) throw engineErrors.CATA_ENGINE_REFUSED({ ...engine, reason: quotable(reason) });
  step.conclude(`${megabytes(sentBytes)} MB sent`);
  return sentBytes;
}

/** Lines of JSON, of which one may tell an error though the status was a good one; or a single message. */
function refusalIn({ status, text }: { readonly status: number; readonly text: string }): string | undefined {
  const lines = text.split('\n').flatMap((line): { error?: string; message?: string; cause?: string }[] => {
    try {
      return line.trim() === '' ? [] : [JSON.parse(line)];
    } catch {
      return [];
    }
  });
  const told = lines.find(({ error }) => error !== undefined)?.error;
  if (status < 300) return told;
  return (
    lines.find(({ message }) => message !== undefined)?.message ??
    told ??
    `it answers ${status} ${text.slice(0, 200)}`
  );
}

function megabytes(sizeBytes: number): string {
  return (sizeBytes / 1e6).toFixed(1);
}
