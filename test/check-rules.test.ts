import { catalogue } from '@catamaran/check';
import { expect, it } from 'vitest';
import { ruleIds } from '../packages/build/src/project/check-schema.ts';

it('every rule can be silenced in the configuration, and nothing else', () => {
  const judged = Object.keys(catalogue).filter((id) => !id.startsWith('dockerfile-'));
  expect([...ruleIds].sort()).toEqual(judged.sort());
});
