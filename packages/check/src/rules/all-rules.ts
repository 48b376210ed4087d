import { diffIdRule } from './diff-id.ts';
import { entrypointRule } from './entrypoint/entrypoint.ts';
import { foreignBinaryRule } from './foreign-binary.ts';
import { interpreterRule } from './interpreter.ts';
import { libcKindRule } from './libc-kind.ts';
import { libcVersionRule } from './libc-version.ts';
import { machineRule } from './machine.ts';
import { neededRule } from './needed.ts';
import { nodeAbiRule } from './node-abi.ts';
import { readableRule } from './readable.ts';
import { rootUserRule } from './root-user.ts';
import type { ImageRule, LayerRule, Rule } from './rule.ts';
import { secretRule } from './secret.ts';
import { setUidRule } from './set-uid.ts';
import { tarLinkRule, tarOrderRule } from './tar-order.ts';
import { worldWritableRule } from './world-writable.ts';

/** Changes whenever the same layers, started in the same way, would be judged otherwise. */
export const rulesVersion = 5;

export const fileRules: readonly Rule[] = [
  machineRule,
  libcKindRule,
  interpreterRule,
  neededRule,
  libcVersionRule,
  nodeAbiRule,
];

/** What they find of files is excused as what the file rules find is. */
export const nativeRules: readonly ImageRule[] = [foreignBinaryRule];

export const imageRules: readonly ImageRule[] = [entrypointRule, rootUserRule, tarLinkRule];

export const layerRules: readonly LayerRule[] = [
  diffIdRule,
  readableRule,
  secretRule,
  setUidRule,
  tarOrderRule,
  worldWritableRule,
];
