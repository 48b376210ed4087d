import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePattern } from './path-pattern.ts';
import { pathPatterns } from './path-patterns.ts';

const docker = { braces: false };

describe('a pattern of .dockerignore', () => {
  /** As Docker's own tests have them: https://github.com/moby/patternmatcher */
  it.each([
    ['**', 'dir/file', true],
    ['**/', 'file', true],
    ['**/**', 'dir/file', true],
    ['dir/**', 'dir/dir2/file', true],
    ['dir/**', 'dir', false],
    ['**/dir', 'dir', true],
    ['**/dir2/*', 'dir/dir2/file', true],
    ['**/dir2/**', 'dir/dir2/dir3/file', true],
    ['**file', 'dir/dir/file', true],
    ['**file', 'dir/my-file', true],
    ['**/file', 'dir/my-file', false],
    ['**/file*txt', 'dir/dir/file.txt', true],
    ['**/**/*.txt', 'file.txt', true],
    ['a**/*.txt', 'a/dir/dir/file.txt', true],
    ['a/*.txt', 'a/dir/file.txt', false],
    ['a/*.txt**', 'a/file.txt', true],
    ['a[b-d]e', 'ace', true],
    ['a[b-d]e', 'aae', false],
    ['a[^b-d]e', 'aze', true],
    ['[a-ζ]*', 'α', true],
    ['a?b', 'a☺b', true],
    ['a[^a]b', 'a☺b', true],
    ['a?b', 'a/b', false],
    ['.*', '.foo', true],
    ['abc.def', 'abcZdef', false],
    ['**/.foo', 'bar.foo', false],
    ['a(b)c/def', 'a(b)c/def', true],
    ['a.|)$(}+{bc', 'a.|)$(}+{bc', true],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'ab', false],
    ['a\\\\', 'a\\', true],
    ['[\\]a]', ']', true],
    ['[x\\-z]', '-', true],
    ['[x\\-z]', 'y', false],
    ['/dir/./sub/../file', 'dir/file', true],
    ['dir/', 'dir', true],
    ['{a,b}', '{a,b}', true],
    ['{a,b}', 'a', false],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(parsePattern(pattern, docker).matches(path)).toBe(expected);
  });

  it.each(['[', 'a[', '[^', '[]a]', 'a\\', '!', '', '.', '[z-a]'])('is not "%s"', (text) => {
    expect(() => parsePattern(text, docker)).toThrow(SyntaxError);
  });

  it('means the same path when all that is special in it is escaped', () => {
    const name = fc.stringMatching(/^[^/\0\s!]{1,8}$/u).filter((text) => !/^\.\.?$/.test(text));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), fc.boolean(), (names, braces) => {
        const path = names.join('/');
        const pattern = parsePattern(path.replace(/[\\*?[\]{},]/g, '\\$&'), { braces });
        expect(pattern.matches(path)).toBe(true);
        expect(pattern.matches(`${path}x`)).toBe(false);
      }),
    );
  });
});

describe('a pattern with braces', () => {
  it.each([
    ['src/**/*.{sql,html}', 'src/a/b.html', true],
    ['src/**/*.{sql,html}', 'src/b.sql', true],
    ['src/**/*.{sql,html}', 'src/b.sql,html', false],
    ['{a,b/{c,d}}', 'b/d', true],
    ['{a,b/{c,d}}', 'b', false],
    ['a,b}', 'a,b}', true],
    ['**/*{.map,.d.ts}', 'dist/main.d.ts', true],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(parsePattern(pattern, { braces: true }).matches(path)).toBe(expected);
  });

  it('has both of them', () => {
    expect(() => parsePattern('a{b,c', { braces: true })).toThrow('has a "{" without its "}"');
  });
});

describe('a list of patterns', () => {
  it.each([
    [['docs', '!docs/README.md'], 'docs/README.md', false],
    [['docs', '!docs/README.md'], 'docs/other.md', true],
    [['!a.js', '*.js'], 'a.js', true],
    [['*.js', '!a.js'], 'a.js', false],
    [['**', '!util/web'], 'util/web/foo', false],
    [['**', '!util/web', 'util/web/foo'], 'util/web/foo', true],
    [['node_modules'], 'node_modules/a/b.js', true],
    [['node_modules'], 'packages/node_modules/b.js', false],
    [['*', '!src'], 'src/deep/main.ts', false],
    [[], 'anything', false],
  ])('%j and %s: %s', (patterns, path, expected) => {
    expect(pathPatterns(patterns, docker).match(path)).toBe(expected);
  });

  it('does not count what matches only a folder that was named', () => {
    const patterns = pathPatterns(['dist', '*', '**/*.map'], docker);
    expect(patterns.match('dist/main.js')).toBe(true);
    expect(patterns.match('dist/main.js', 'dist')).toBe(false);
    expect(patterns.match('dist/main.js.map', 'dist')).toBe(true);
  });
});
