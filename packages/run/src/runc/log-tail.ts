import { StringDecoder } from 'node:string_decoder';

const maxLines = 200;
const maxLineLength = 4096;

/** The last lines of what a process writes, however much that is. */
export interface LogTail {
  lines(): readonly string[];
  /** A writer for one stream: lines of stdout and stderr do not run into each other. */
  writer(): (chunk: Uint8Array) => void;
}

export function logTail(): LogTail {
  const complete: string[] = [];
  /** The unfinished last line of each stream. */
  const open: { text: string }[] = [];

  function add(line: string): void {
    complete.push(line);
    if (complete.length > maxLines) complete.shift();
  }

  return {
    lines: () => [...complete, ...open.flatMap(({ text }) => (text === '' ? [] : [text]))].slice(-maxLines),
    writer: () => {
      const decoder = new StringDecoder('utf8');
      const last = { text: '' };
      open.push(last);
      return (chunk) => {
        const [first = '', ...rest] = decoder.write(Buffer.from(chunk)).split(/\r?\n/);
        last.text = cut(last.text + first);
        for (const line of rest) {
          add(last.text);
          last.text = cut(line);
        }
      };
    },
  };
}

/** The beginning of a line says more than its end. */
function cut(line: string): string {
  return line.length > maxLineLength ? line.slice(0, maxLineLength) : line;
}
