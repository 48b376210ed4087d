import { describe, expect, it } from 'vitest';
import { isHarmless, onlyLooks } from './known-scripts.ts';

describe('a script that does nothing for its package', () => {
  it.each([
    ['core-js', `node -e "try{require('./postinstall')}catch(e){}"`],
    ['es5-ext', ` node -e "try{require('./_postinstall')}catch(e){}" || exit 0`],
    ['any', 'opencollective-postinstall || true'],
    ['any', 'husky install'],
    ['any', 'npx only-allow pnpm'],
    ['any', 'echo "Thank you for using any"'],
  ])('is known: of %s', (name, script) => {
    expect(isHarmless(name, script)).toBe(true);
  });

  it.each([
    ['other', `node -e "try{require('./postinstall')}catch(e){}"`],
    ['core-js', 'node-gyp rebuild'],
    ['any', 'husky install && node-gyp rebuild'],
    ['any', 'echo "$(make)"'],
    ['any', 'echo done > built'],
    ['any', 'node-gyp rebuild || exit 0'],
    ['any', ''],
  ])('is not guessed: of %s, %j', (name, script) => {
    expect(isHarmless(name, script)).toBe(false);
  });
});

it('a script that only looks is known by package and by its words', () => {
  expect(onlyLooks('oracledb', 'node package/install.js')).toBe(true);
  expect(onlyLooks('oracledb', 'node-gyp rebuild')).toBe(false);
  expect(onlyLooks('toString', 'node package/install.js')).toBe(false);
});
