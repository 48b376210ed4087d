import type { RuleDescription } from './rule-description.ts';

/** The rules for Dockerfiles. */
export const dockerfileRules = {} as const satisfies Record<string, RuleDescription>;
