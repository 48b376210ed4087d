import { open } from 'node:fs/promises';
import { checkErrors } from '@catamaran/check';
import { longestDockerfileBytes } from '@catamaran/check/dockerfile';
import type { Context } from '@catamaran/oci';
import { cliErrors } from '../errors.ts';

/**
 * Reads a Dockerfile, or, for "-", what the process is piped; never more than one may have.
 * @throws CATA_DOCKERFILE_UNREADABLE, CATA_DOCKERFILE_TOO_LARGE
 */
export async function readDockerfileText(path: string, ctx: Context): Promise<string> {
  try {
    if (path === '-') return await textOf(process.stdin, 'standard input', ctx);
    await using file = await open(path);
    if ((await file.stat()).isDirectory()) throw new Error('it is a folder');
    return await textOf(file.createReadStream({ autoClose: false }), path, ctx);
  } catch (error) {
    if (!(error instanceof Error) || 'fault' in error || ctx.signal.aborted) throw error;
    const isMissing = 'code' in error && error.code === 'ENOENT';
    const reason = isMissing ? 'there is no such file' : error.message;
    throw cliErrors.CATA_DOCKERFILE_UNREADABLE({ path, reason }, { cause: error });
  }
}

async function textOf(stream: AsyncIterable<Uint8Array>, path: string, ctx: Context): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    ctx.signal.throwIfAborted();
    bytes += chunk.byteLength;
    const limit = longestDockerfileBytes;
    if (bytes > limit) {
      const [count, most] = [`more than ${limit} bytes`, `${limit} bytes`];
      throw checkErrors.CATA_DOCKERFILE_TOO_LARGE({ path, count, limit: most });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
