import { nodeAbi } from '@catamaran/build/native';
import { isLoadable } from '../loader/fits-image.ts';
import { imageLoads } from '../loader/image-loads.ts';
import type { Rule } from './rule.ts';

/** An addon that is made for one NODE_MODULE_VERSION is made for that of the image's Node.js. */
export const nodeAbiRule: Rule = {
  id: 'node-abi',
  check(file, image) {
    if (file.addon?.kind !== 'abi' || !isLoadable(file, image)) return [];
    const version = imageLoads(image).node?.version;
    const has = version === undefined ? undefined : nodeAbi(version);
    if (has === undefined || has === file.addon.abi) return [];
    const message = `is for ABI ${file.addon.abi} of Node.js, the image’s Node.js ${version} has ABI ${has}`;
    return [{ rule: 'node-abi', level: 'error', path: `/${file.path}`, message }];
  },
};
