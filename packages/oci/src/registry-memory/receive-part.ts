import type { ByteStream } from '../layer/byte-stream.ts';
import type { Quirks } from './options.ts';
import { Refusal } from './refusal.ts';
import type { Upload } from './upload.ts';

const ecrMinPartBytes = 5 * 1024 * 1024;

/** What every part but the last has to have. */
export function minPartBytes({ ecr, chunkMinBytes }: Partial<Quirks>): number {
  return Math.max(ecr ? ecrMinPartBytes : 0, chunkMinBytes ?? 0);
}

/**
 * Takes in a part as it comes. When the connection breaks, what came is kept, so that the client can go on from there;
 * where parts have a smallest size they are kept whole or not at all, as in S3. Nothing is kept of what is refused.
 */
export async function receivePart(upload: Upload, body: ByteStream, quirks: Partial<Quirks>): Promise<void> {
  const least = minPartBytes(quirks);
  const startBytes = upload.sizeBytes;
  const followsShort = upload.shortPartAt !== undefined;
  let atBytes = startBytes;
  try {
    for await (const chunk of body) {
      if (followsShort) throw tooSmall(least);
      // Another part has come meanwhile, in a connection that the client has given up.
      if (upload.sizeBytes !== atBytes) throw new Refusal(416, 'BLOB_UPLOAD_INVALID', 'two parts at once');
      upload.append(chunk);
      atBytes += chunk.byteLength;
    }
  } catch (error) {
    if (upload.sizeBytes === atBytes && (least > 0 || error instanceof Refusal)) upload.truncate(startBytes);
    throw error;
  }
  if (atBytes > startBytes && atBytes - startBytes < least) upload.shortPartAt = startBytes;
}

function tooSmall(leastBytes: number): Refusal {
  const message = `All layer parts except the last part should have at least ${leastBytes} bytes`;
  return new Refusal(400, 'SIZE_INVALID', message);
}
