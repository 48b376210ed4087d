/** What a build may follow upon, in the order in which a round takes them. */
export const steps = [
  'first',
  'no change',
  'one line changed',
  'one dependency added',
  'coldest',
  'coldest, and npm’s cache empty',
] as const;

export type Step = (typeof steps)[number];
