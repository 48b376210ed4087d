import { describe, expect, it } from 'vitest';
import { lockfileOf } from '../../testing/lockfile-of.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { writeFiles } from '../../testing/write-files.ts';
import { noInputs } from '../inputs/input-log.ts';
import type { LockedPackage } from './locked-package.ts';
import { requireAgreement } from './require-agreement.ts';

function agreement(wanted: LockedPackage, locked: LockedPackage, workspace = ''): Promise<void> {
  const root = writeFiles(temporaryFolder(), { [`${workspace || '.'}/package.json`]: wanted });
  return requireAgreement(lockfileOf({ [workspace]: locked }, workspace, root), noInputs);
}

describe.each(['dependencies', 'optionalDependencies', 'devDependencies', 'peerDependencies'])(
  '%s',
  (section) => {
    it('that agree', async () => {
      const names = { [section]: { a: '^1.0.0', b: '2.0.0' } };
      await expect(agreement(names, { [section]: { b: '2.0.0', a: '^1.0.0' } })).resolves.toBeUndefined();
    });

    it.each([
      ['another range', { a: '^2.0.0' }, { a: '^1.0.0' }, 'asks for ^2.0.0 of "a"', 'made for ^1.0.0'],
      ['a new one', { a: '1', b: '2' }, { a: '1' }, 'asks for 2 of "b"', 'made for nothing'],
      ['one that was removed', {}, { a: '1' }, 'asks for nothing of "a"', 'made for 1'],
    ])('with %s', async (_, wanted, locked, ...texts) => {
      const disagreement = agreement({ [section]: wanted }, { [section]: locked });
      await expect(disagreement).rejects.toMatchObject({ code: 'CATA_LOCKFILE_DISAGREES' });
      for (const text of [...texts, `in ${section}`]) await expect(disagreement).rejects.toThrow(text);
    });
  },
);

describe('requireAgreement', () => {
  it('lets a name stand in dependencies and optionalDependencies, as npm drops the first', async () => {
    const both = { dependencies: { a: '1', b: '1' }, optionalDependencies: { a: '1' } };
    const locked = { dependencies: { b: '1' }, optionalDependencies: { a: '1' } };
    await expect(agreement(both, locked)).resolves.toBeUndefined();
  });

  it('looks at the workspace that is built', async () => {
    const wanted = { dependencies: { a: '2' } };
    await expect(agreement(wanted, wanted, 'apps/shop')).resolves.toBeUndefined();
    await expect(agreement(wanted, { dependencies: { a: '1' } }, 'apps/shop')).rejects.toMatchObject({
      message: expect.stringContaining('apps/shop/package.json'),
    });
  });

  it('takes a package.json that is no JSON for what it is', async () => {
    const root = writeFiles(temporaryFolder(), { 'package.json': '{' });
    await expect(requireAgreement(lockfileOf({ '': {} }, '', root), noInputs)).rejects.toMatchObject({
      code: 'CATA_JSON_INVALID',
    });
  });
});
