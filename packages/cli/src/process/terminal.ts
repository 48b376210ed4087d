/** A stream that people read, and what it can show. */
export interface Terminal {
  /** Text, or bytes that are passed on as they are. */
  write(text: string | Uint8Array): Promise<void>;
  readonly isTTY: boolean;
  readonly columns: number;
  readonly color: boolean;
}

export function terminalOf(
  stream: NodeJS.WriteStream,
  variables: Readonly<Record<string, string | undefined>>,
): Terminal {
  // Nobody reads any more ("catamaran … | head"): what runs is still to be ended in order.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const isTTY = stream.isTTY === true && variables.TERM !== 'dumb';
  return {
    // Waits for the stream: the process may end right after, and a pipe would lose what it has not taken yet.
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') reject(error);
          else resolve();
        });
      }),
    isTTY,
    columns: stream.columns || 100,
    // https://no-color.org, https://force-color.org
    color: variables.NO_COLOR ? false : variables.FORCE_COLOR ? variables.FORCE_COLOR !== '0' : isTTY,
  };
}
