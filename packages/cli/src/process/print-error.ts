import { CatamaranError, messageOf } from '@catamaran/oci';
import { Interruption } from './interruption.ts';
import { styler } from './styler.ts';
import type { Terminal } from './terminal.ts';

/** An error for people: what happened, what to do, and the code to look it up by. */
export function formatError(error: unknown, terminal: Pick<Terminal, 'color'>): string {
  const style = styler(terminal.color);
  if (error instanceof Interruption) return `catamaran: ${error.message}; nothing is left running.\n`;
  if (error instanceof CatamaranError) {
    return `${style('red', 'error')} ${style('dim', error.code)}\n${error.message.trimEnd()}\n${error.hint}\n`;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${style('red', 'error')} ${style('dim', 'CATA_BUG')}\nThis is a defect of Catamaran's. Please report it with these lines:\n${stack}\n`;
}

/** The same for `--json`. */
export function errorDocument(error: unknown): object {
  if (error instanceof CatamaranError) {
    const { code, fault, message, hint } = error;
    return { error: { code, fault, message, hint } };
  }
  const code = error instanceof Interruption ? 'CATA_INTERRUPTED' : 'CATA_BUG';
  return { error: { code, message: messageOf(error) } };
}
