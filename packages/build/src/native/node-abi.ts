/**
 * NODE_MODULE_VERSION, as a major version's releases have it all the same.
 * https://github.com/nodejs/node/blob/main/doc/abi_version_registry.json
 */
const moduleVersions: Readonly<Record<number, number>> = {
  12: 72,
  14: 83,
  16: 93,
  17: 102,
  18: 108,
  19: 111,
  20: 115,
  21: 120,
  22: 127,
  23: 131,
  24: 137,
  25: 141,
  26: 147,
  27: 153,
};

/** From which release of a major version on Node-API has a version. https://nodejs.org/api/n-api.html#node-api-version-matrix */
const nodeApi: readonly {
  readonly version: number;
  readonly since: readonly (readonly [number, number])[];
}[] = [
  {
    version: 10,
    since: [
      [22, 14],
      [23, 6],
      [24, 0],
    ],
  },
  {
    version: 9,
    since: [
      [18, 17],
      [20, 3],
      [21, 0],
    ],
  },
  {
    version: 8,
    since: [
      [12, 22],
      [14, 17],
      [15, 12],
      [16, 0],
    ],
  },
  {
    version: 7,
    since: [
      [12, 19],
      [14, 12],
      [15, 0],
    ],
  },
];

/** What addons are compiled for that do not use Node-API; undefined for a Node.js that is not known here. */
export function nodeAbi(nodeVersion: string): string | undefined {
  return moduleVersions[majorOf(nodeVersion)]?.toString();
}

/** The newest Node-API that a Node.js has, `process.versions.napi`. */
export function nodeApiVersion(nodeVersion: string): number {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const has = ({ since }: (typeof nodeApi)[number]) =>
    since.some(([first, from]) => major === first && minor >= from) || major > (since.at(-1)?.[0] ?? 0);
  return nodeApi.find(has)?.version ?? 6;
}

function majorOf(nodeVersion: string): number {
  return Number(nodeVersion.split('.')[0]);
}
