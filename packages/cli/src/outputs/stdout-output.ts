import { cliErrors } from '../errors.ts';
import type { Terminal } from '../process/terminal.ts';
import { type Output, stdoutDest } from './output.ts';

/**
 * The output that goes to stdout, where there is one: then nothing else may, and the digest goes to stderr.
 * @throws CATA_OUTPUT_INVALID
 */
export function stdoutOutput(
  outputs: readonly Output[],
  { json = false, watch = false }: { readonly json?: boolean; readonly watch?: boolean },
  stdout: Pick<Terminal, 'isTTY'>,
): Output | undefined {
  const [output, another] = outputs.filter(({ dest }) => dest === stdoutDest);
  if (!output) return undefined;
  const refuse = (reason: string) => cliErrors.CATA_OUTPUT_INVALID({ text: output.text, reason });
  if (another) throw refuse('only one can go to stdout');
  if (watch) throw refuse('with --watch there would be one archive after the other on stdout');
  if (json) throw refuse('with --json, stdout is for the document');
  if (stdout.isTTY) throw refuse('stdout is a terminal; send it to a file or to another program');
  return output;
}
