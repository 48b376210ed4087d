import { createReadStream } from 'node:fs';
import { messageOf } from '../../errors/message-of.ts';
import { type AuthFile, parseAuthFile } from './auth-file.ts';
import { credentialErrors } from './errors.ts';

const maximumBytes = 4 * 1024 * 1024;

/**
 * @returns undefined when there is no such file
 * @throws CATA_CREDENTIAL_FILE_UNREADABLE, CATA_CREDENTIAL_FILE_INVALID
 */
export async function readAuthFile(path: string, signal: AbortSignal): Promise<AuthFile | undefined> {
  const place = `"${path}"`;
  const bytes = await readBounded(path, signal).catch((cause: unknown) => {
    signal.throwIfAborted();
    if (isMissing(cause)) return undefined;
    throw credentialErrors.CATA_CREDENTIAL_FILE_UNREADABLE({ place, reason: messageOf(cause) }, { cause });
  });
  if (bytes === undefined) return undefined;
  if (bytes.byteLength > maximumBytes) {
    const reason = `it is larger than ${maximumBytes / 1024 / 1024} MiB`;
    throw credentialErrors.CATA_CREDENTIAL_FILE_INVALID({ place, reason });
  }
  // TextDecoder, because it drops the byte order mark that editors on Windows write.
  return parseAuthFile(new TextDecoder().decode(bytes), place);
}

/** As a stream, because the "file" may be a pipe, whose size nobody knows. */
async function readBounded(path: string, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: maximumBytes, signal })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
