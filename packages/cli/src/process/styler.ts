import { styleText } from 'node:util';

export type Styler = (format: Parameters<typeof styleText>[0], text: string) => string;

/** Colours text, or leaves it as it is. Whether a stream shows colours was decided before: see `terminalOf`. */
export function styler(color: boolean): Styler {
  return (format, text) => (color ? styleText(format, text, { validateStream: false }) : text);
}
