/** Who takes part, in the order in which a table has them. */
export const names = {
  node: '`node -e 0`',
  catamaran: 'catamaran',
  typed: 'catamaran, checking types',
  cross: 'cross-compiling Dockerfile',
  emulated: 'emulated Dockerfile',
  containerify: 'containerify',
} as const;

export type Name = (typeof names)[keyof typeof names];
