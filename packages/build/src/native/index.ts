/** What native code is for, on its own: for whoever judges images and builds none. */
export { type FoundNode, findNode, searchPath, variableOf } from '../bases/look/find-node.ts';
export { binaryKind } from './binary-kind.ts';
export { describeBinary } from './describe-binary.ts';
export { elfMachine } from './elf-machine.ts';
export { nodeAbi } from './node-abi.ts';
export type { BinaryKind } from './package-inventory.ts';
export { type PathWords, pathWords } from './platform-words.ts';
