/** As many as Linux reads of a script. execve(2), "Interpreter scripts" */
const maxLineBytes = 255;

/** What follows "#!" in a script's first line; undefined for what is no script. */
export function scriptLine(head: Uint8Array): string | undefined {
  if (head[0] !== 0x23 || head[1] !== 0x21) return undefined;
  const newline = head.indexOf(0x0a);
  const end = newline === -1 ? head.byteLength : newline;
  // A carriage return stays: the kernel takes it for a part of the name, and so finds no interpreter.
  return Buffer.from(head.subarray(2, Math.min(end, maxLineBytes))).toString('utf8');
}
