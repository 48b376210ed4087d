import { binaryKind } from '../../native/binary-kind.ts';
import type { ApplicationFile } from '../application.ts';

/** As many bytes as tell native code. */
const headBytes = 64;

/** Whether a file has native code in it, for whatever machine. */
export async function isBinary(file: ApplicationFile): Promise<boolean> {
  for await (const chunk of file.content()) return binaryKind(chunk.subarray(0, headBytes)) !== undefined;
  return false;
}
