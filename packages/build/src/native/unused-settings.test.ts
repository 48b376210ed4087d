import { expect, it } from 'vitest';
import { targetOf } from '../../testing/target-of.ts';
import { unusedSettings } from './unused-settings.ts';

it('a setting for a package that is not there is told, but for other platforms’ packages', () => {
  const settings = { bcrpyt: 'skip', '@s/there': 'skip', '@a/tool-linux-x64': 'skip' };
  expect(unusedSettings(settings, new Set(['@s/there', 'bcrypt']), targetOf('linux/arm64'))).toEqual([
    'app.native names "bcrpyt", and linux/arm64 has no package of that name.',
  ]);
});
