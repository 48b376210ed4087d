import { interpreterRule } from './interpreter.ts';
import { libcKindRule } from './libc-kind.ts';
import { libcVersionRule } from './libc-version.ts';
import { machineRule } from './machine.ts';
import { neededRule } from './needed.ts';
import { nodeAbiRule } from './node-abi.ts';
import { readableRule } from './readable.ts';
import type { ImageRule, LayerRule, Rule } from './rule.ts';

/** Changes whenever the same layers, started in the same way, would be judged otherwise. */
export const rulesVersion = 3;

export const fileRules: readonly Rule[] = [
  machineRule,
  libcKindRule,
  interpreterRule,
  neededRule,
  libcVersionRule,
  nodeAbiRule,
];

export const imageRules: readonly ImageRule[] = [];

export const layerRules: readonly LayerRule[] = [readableRule];
