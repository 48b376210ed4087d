import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFolder } from './support/repository.ts';

/** Data goes one way: a package may import those that stand before it, never one behind it (docs/architecture.md). */
const order = ['oci', 'build', 'check', 'run', 'load', 'verdict', 'report', 'cli'];

interface Import {
  readonly file: string;
  readonly specifier: string;
}

function importsOf(packageName: string): Import[] {
  const files = globSync(`packages/${packageName}/src/**/*.ts`, { cwd: repositoryFolder });
  return files.flatMap((file) =>
    [
      ...readFileSync(join(repositoryFolder, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g),
    ].map(([, specifier = '']) => ({ file, specifier })),
  );
}

function targetOf({ file, specifier }: Import): string | undefined {
  if (specifier.startsWith('@catamaran/')) return specifier.split('/')[1];
  if (specifier === 'catamaran' || specifier.startsWith('catamaran/')) return 'cli';
  return specifier.startsWith('.') ? join(file, '..', specifier).split('/')[1] : undefined;
}

describe('imports', () => {
  it('see every package of the repository', () => {
    const present = globSync('packages/*', { cwd: repositoryFolder }).map((path) => path.split('/')[1]);
    expect(present.sort()).toEqual([...order].sort());
  });

  it.each(order)('of %s point upward only', (name) => {
    const imports = importsOf(name);
    expect(imports.length).toBeGreaterThan(0);
    const wrong = imports.filter((one) => {
      const target = targetOf(one);
      return target !== undefined && order.indexOf(target) > order.indexOf(name);
    });
    expect(wrong).toEqual([]);
  });

  it.each(order)('of %s reach other packages by their name, not by path', (name) => {
    const crossing = importsOf(name).filter(
      (one) =>
        one.specifier.startsWith('.') && !join(one.file, '..', one.specifier).startsWith(`packages/${name}/`),
    );
    expect(crossing.filter(({ specifier }) => !specifier.endsWith('package.json'))).toEqual([]);
  });

  it.each(order.filter((name) => name !== 'cli'))(
    'of %s leave printing, the environment and the exit to cli',
    (name) => {
      const files = globSync(`packages/${name}/src/**/*.ts`, { cwd: repositoryFolder }).filter(
        // The generator's worker is a program of its own: it has to end itself.
        (file) => !/\.test\.ts$|\/testing\/|load\/src\/worker\//.test(file),
      );
      const wrong = files.filter((file) =>
        /\bconsole\.|process\.(?:exit|stdout|stderr|env)\b/.test(
          readFileSync(join(repositoryFolder, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''),
        ),
      );
      expect(wrong).toEqual([]);
    },
  );
});
