import { catalogue } from '@catamaran/check';
import { expect, it } from 'vitest';
import { ruleIds } from '../packages/build/src/project/check-schema.ts';

it('every rule can be silenced in the configuration, and nothing else', () => {
  expect([...ruleIds].sort()).toEqual(Object.keys(catalogue).sort());
});
