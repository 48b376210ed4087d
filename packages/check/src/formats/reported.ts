import type { Finding } from '../rules/finding.ts';

/** What was judged, with what was found, as other programs are told of it. */
export interface Reported {
  /** As it was named: an image, or a Dockerfile's path. */
  readonly subject: string;
  /** The file that a page about source code shows findings at; an image has none of its own. */
  readonly anchor: string;
  readonly parts: readonly ReportedPart[];
}

export interface ReportedPart {
  /** Of an image, as in "linux/arm64". */
  readonly platform?: string;
  readonly findings: readonly Finding[];
}

/** A finding as a sentence: what it is about, and what is the matter. */
export function sentence({ path, message }: Finding): string {
  return path === undefined ? message : `${path} ${message}`;
}
