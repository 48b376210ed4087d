// Comes without types; this is the part that tests use.
declare module 'node-abi' {
  export function getAbi(version: string, runtime: string): string;
}
