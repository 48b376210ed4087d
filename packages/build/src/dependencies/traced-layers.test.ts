import { describe, expect, it } from 'vitest';
import { targetOf } from '../../testing/target-of.ts';
import type { Trace } from '../source/traced/traced-package.ts';
import type { PackageCandidate } from './dependency-places.ts';
import { tracedCandidates } from './traced-layers.ts';

const candidate = (name: string, ...platformPackages: readonly string[]): PackageCandidate => ({
  name,
  version: '1.0.0',
  integrity: 'sha512-AA==',
  location: `node_modules/${name}`,
  path: `app/node_modules/${name}`,
  isEverywhere: true,
  hasInstallScript: false,
  platformPackages,
});

/** What a lockfile has for arm64, of which x64 was traced. */
const packages = [
  candidate('next', '@next/swc-arm64'),
  candidate('@next/swc-arm64'),
  candidate('sharp', '@img/sharp-arm64', '@img/vips-arm64'),
  candidate('@img/sharp-arm64', '@img/vips-arm64'),
  candidate('@img/vips-arm64'),
  candidate('bcrypt'),
];
const optional: Readonly<Record<string, readonly string[]>> = {
  next: ['@next/swc-x64', '@next/swc-arm64', 'sharp'],
  '@img/sharp-x64': ['@img/vips-x64'],
  sharp: ['@img/sharp-x64', '@img/sharp-arm64', '@img/vips-x64', '@img/vips-arm64'],
};

interface Traced {
  readonly native: readonly {
    readonly path: string;
    readonly links?: readonly string[];
    readonly version?: string;
  }[];
  readonly others?: readonly string[];
}

function placed({ native, others = [] }: Traced): string[] {
  const traced = (path: string, version = '1.0.0') => {
    const name = path.replace(/^.*node_modules\//, '');
    return { name, version, path, optional: optional[name] ?? [] };
  };
  const ofNative = native.map(({ path, links = [], version }) => ({
    ...traced(path, version),
    links,
    isForPlatforms: path.includes('/@img/'),
  }));
  const trace: Trace = { native: ofNative, packages: [...ofNative, ...others.map((path) => traced(path))] };
  return tracedCandidates(trace, packages, targetOf('linux/arm64')).map(
    ({ name, path }) => `${name} ${path}`,
  );
}

describe('in place of a native package of a trace, a target has', () => {
  it('the package itself, at the same place', () => {
    expect(placed({ native: [{ path: 'apps/web/node_modules/bcrypt' }] })).toEqual([
      'bcrypt app/apps/web/node_modules/bcrypt',
    ]);
  });

  it('its own parts of the package that was traced, and of that one only', () => {
    const native = [{ path: 'node_modules/@img/sharp-x64' }, { path: 'node_modules/@img/vips-x64' }];
    const others = ['node_modules/sharp', 'node_modules/next'];
    expect(placed({ native, others })).toEqual([
      '@img/sharp-arm64 app/node_modules/@img/sharp-arm64',
      '@img/vips-arm64 app/node_modules/@img/vips-arm64',
    ]);
  });

  it('the parts of a package that itself has to be another one', () => {
    expect(placed({ native: [{ path: 'node_modules/sharp' }] })).toEqual([
      '@img/sharp-arm64 app/node_modules/@img/sharp-arm64',
      '@img/vips-arm64 app/node_modules/@img/vips-arm64',
      'sharp app/node_modules/sharp',
    ]);
  });

  it('its own parts where pnpm has links to them', () => {
    const store = 'node_modules/.pnpm';
    const native = [
      {
        path: `${store}/@img+sharp-x64@1/node_modules/@img/sharp-x64`,
        // Where everything is found by what does not say that it needs it.
        links: [`${store}/node_modules/@img/sharp-x64`, `${store}/sharp@1/node_modules/@img/sharp-x64`],
      },
      {
        path: `${store}/@img+vips-x64@1/node_modules/@img/vips-x64`,
        links: [
          `${store}/@img+sharp-x64@1/node_modules/@img/vips-x64`,
          `${store}/sharp@1/node_modules/@img/vips-x64`,
        ],
      },
    ];
    expect(placed({ native, others: [`${store}/sharp@1/node_modules/sharp`] })).toEqual([
      `@img/sharp-arm64 app/${store}/sharp@1/node_modules/@img/sharp-arm64`,
      `@img/vips-arm64 app/${store}/sharp@1/node_modules/@img/vips-arm64`,
    ]);
  });
});

describe('a native package of a trace is refused', () => {
  it.each([
    ['that the lockfile does not know', { path: 'node_modules/unknown' }],
    ['of another version', { path: 'node_modules/bcrypt', version: '2.0.0' }],
    ['for another platform whose parent was not traced', { path: 'node_modules/@img/sharp-x64' }],
  ])('%s', (_, native) => {
    expect(() => placed({ native: [native] })).toThrow(
      expect.objectContaining({
        code: 'CATA_TRACED_PACKAGE_UNKNOWN',
        message: expect.stringContaining(`"${native.path}" has native code of this machine`),
      }),
    );
  });
});
