import { describe, expect, it } from 'vitest';
import { appSchema } from './app-schema.ts';
import { describeIssues } from './describe-issues.ts';

const entry = 'src/main.ts';
const parse = (app: object) => appSchema.parse({ entry, ...app });
const problem = (app: object) => {
  const { error } = appSchema.safeParse({ entry, ...app });
  return error && describeIssues(error.issues);
};

describe('the application', () => {
  it.each([
    [{}, { bundle: true, typecheck: true }],
    [{ build: 'prisma generate' }, { bundle: true, typecheck: true }],
    [{ bundle: false }, { bundle: false, typecheck: true }],
    [
      { build: 'tsc', files: ['dist'] },
      { bundle: false, typecheck: false },
    ],
    [{ build: 'tsc', files: ['dist'], typecheck: true }, { typecheck: true }],
    [{ entry: './src//main.ts' }, { entry: 'src/main.ts' }],
  ])('%j becomes %j', (app, expected) => {
    expect(parse(app)).toMatchObject(expected);
  });

  it('is made of patterns, and of folders with their places', () => {
    const files = ['dist/**/*.{js,map}', '!**/*.test.js', { from: './.next/standalone/' }];
    expect(parse({ files }).files).toEqual([
      'dist/**/*.{js,map}',
      '!**/*.test.js',
      { from: '.next/standalone/', to: '.', files: ['**'] },
    ]);
  });

  it.each([
    [{ entry: '/etc/main.js' }, 'entry: must be a file in this folder'],
    [{ entry: '../main.js' }, 'entry: must be a file in this folder'],
    [{ entry: 'src/' }, 'entry: must be a file in this folder'],
    [{ build: ' ' }, 'build: '],
    [{ files: [] }, 'files: '],
    [{ files: [{ from: 'dist' }, '!**/*.map'] }, 'files: has patterns that take back, and none'],
    [{ files: ['/etc'] }, 'files.0: must be a path from this file’s folder'],
    [{ files: ['dist/[a'] }, 'files.0: is no pattern: "dist/[a" has a "[" without its "]"'],
    [{ files: [{ from: 'a', into: 'b' }] }, 'into'],
    [{ assets: 'src' }, 'assets: '],
    [{ bundle: true, files: ['dist'] }, 'files: is for what is not bundled'],
    [{ bundle: false, external: ['lib'] }, 'external: is for a bundle, and there is none'],
    [{ external: ['./lib.js'] }, 'external.0: is not the name of a package'],
    [{ dependencies: 'traced' }, 'dependencies: can be "traced" only with app.files'],
  ])('%j is refused: %s', (app, reason) => {
    expect(problem(app)).toContain(reason);
  });
});
