import type { Level } from '../finding.ts';

/** What a person reads of a rule, in Markdown. */
export interface RuleDescription {
  /** Of most of its findings; one may be less where it harms less. */
  readonly level: Level;
  /** What is the matter, in a few words. */
  readonly title: string;
  /** What happens to somebody who does nothing about it, and when it is less than an error. */
  readonly why: string;
  readonly remedy: string;
}
