// What a `catamaran.config.ts` imports: types and one function, and none of the program.
export type { Config } from '@catamaran/build/config';
export { defineConfig } from '@catamaran/build/config';
