import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cliErrors } from '../errors.ts';

/** All of a report or none of it. @throws CATA_REPORT_NOT_WRITABLE */
export async function writeReportFile(path: string, text: string | AsyncIterable<string>): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await pipeline(Readable.from(text), createWriteStream(temporary));
    await rename(temporary, path);
  } catch (cause) {
    if (!(cause instanceof Error) || !('syscall' in cause)) throw cause;
    throw cliErrors.CATA_REPORT_NOT_WRITABLE({ path, reason: cause.message }, { cause });
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
}
