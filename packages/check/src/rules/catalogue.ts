import { dockerfileRules } from './catalogue/dockerfile-rules.ts';
import { elfRules } from './catalogue/elf-rules.ts';
import { imageRules } from './catalogue/image-rules.ts';

/** Every rule by its id: what docs/rules.md, the terminal and code-scanning pages say of it. */
export const catalogue = { ...elfRules, ...imageRules, ...dockerfileRules };

export type RuleId = keyof typeof catalogue;
