export type ReasonCode = 'emulated' | 'generator-bound' | 'errors' | 'single-target' | 'not-paired';

/** Why there is no answer: a sentence with its figures, and the target that it is about, if it is about one. */
export interface Reason {
  readonly code: ReasonCode;
  readonly platform?: string;
  readonly text: string;
}
