import { interpreterRule } from './interpreter.ts';
import { machineRule } from './machine.ts';
import { neededRule } from './needed.ts';
import { readableRule } from './readable.ts';
import type { ImageRule, LayerRule, Rule } from './rule.ts';

/** Changes whenever the same layers, started in the same way, would be judged otherwise. */
export const rulesVersion = 2;

export const fileRules: readonly Rule[] = [machineRule, interpreterRule, neededRule];

export const imageRules: readonly ImageRule[] = [];

export const layerRules: readonly LayerRule[] = [readableRule];
