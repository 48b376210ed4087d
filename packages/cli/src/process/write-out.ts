import { exitCodes } from './exit-codes.ts';

/** Prints, and says so where that cannot be done; who reads no more ("… | head") is no failure. */
export function writeOut(stream: NodeJS.WriteStream, text: string): void {
  stream.on('error', () => {});
  stream.write(text, (error) => {
    if (!error || (error as NodeJS.ErrnoException).code === 'EPIPE') return;
    process.exitCode = exitCodes.machine;
    process.stderr.write(`What there is to print cannot be written: ${error.message}.\n`);
  });
}
