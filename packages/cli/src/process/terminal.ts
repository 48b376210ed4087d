import { cliErrors } from '../errors.ts';

/** A stream that people read, and what it can show. */
export interface Terminal {
  /** Text, or bytes that are passed on as they are. @throws CATA_OUTPUT_NOT_WRITABLE */
  write(text: string | Uint8Array): Promise<void>;
  /** Whether whoever read it has gone. */
  isClosed(): boolean;
  readonly isTTY: boolean;
  readonly columns: number;
  readonly color: boolean;
}

export function terminalOf(
  stream: NodeJS.WriteStream,
  variables: Readonly<Record<string, string | undefined>>,
): Terminal {
  // What runs is still to be ended in order; who waits for a write hears of what is more than a reader who left.
  let isClosed = false;
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    isClosed ||= code === 'EPIPE';
  });
  const isTTY = stream.isTTY === true && variables.TERM !== 'dumb';
  return {
    // Waits for the stream: the process may end right after, and a pipe would lose what it has not taken yet.
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => (isFailure(error) ? reject(notWritable(error)) : resolve()));
      }),
    isClosed: () => isClosed,
    isTTY,
    columns: stream.columns || 100,
    // https://no-color.org, https://force-color.org
    color: variables.NO_COLOR ? false : variables.FORCE_COLOR ? variables.FORCE_COLOR !== '0' : isTTY,
  };
}

/** Nobody reads any more ("catamaran … | head"): that is no failure. */
function isFailure(error: NodeJS.ErrnoException | null | undefined): error is NodeJS.ErrnoException {
  return Boolean(error) && error?.code !== 'EPIPE';
}

function notWritable(cause: Error): Error {
  return cliErrors.CATA_OUTPUT_NOT_WRITABLE({ reason: cause.message }, { cause });
}
