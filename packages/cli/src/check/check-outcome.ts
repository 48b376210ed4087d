import type { Finding } from '@catamaran/check';
import type { Styler } from '../process/styler.ts';

/** One image or one Dockerfile that was judged. */
interface CheckedPart {
  /** Of an image in an index, as in "linux/arm64". */
  readonly platform?: string;
  readonly findings: readonly Finding[];
}

/** What `catamaran check` has to say, whatever it looked at and in whichever format it is told. */
export interface CheckOutcome {
  /** As it was named: an image, a folder, a Dockerfile's path. */
  readonly subject: string;
  readonly parts: readonly CheckedPart[];
  /** For `--json`. */
  readonly document: unknown;
  /** For people, with a newline at the end. */
  text(style: Styler): string;
}
