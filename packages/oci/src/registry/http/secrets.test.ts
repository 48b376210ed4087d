import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basicHeader } from '../auth/basic-header.ts';
import { secretsOf, withoutSecrets } from './secrets.ts';

describe('secretsOf', () => {
  it('are the token of Bearer, and of Basic what it says in whichever way', () => {
    expect(secretsOf('Bearer abc.def')).toEqual(['abc.def']);
    expect(secretsOf(basicHeader({ username: 'otto', password: 'ge:heim' }))).toEqual([
      'b3R0bzpnZTpoZWlt',
      'otto:ge:heim',
      'ge:heim',
    ]);
    expect(secretsOf(undefined)).toEqual([]);
  });
});

describe('withoutSecrets', () => {
  it.each([
    ['as it is', 'was "ge"heim/ ä"', 'was "***"'],
    ['in JSON', JSON.stringify({ was: 'ge"heim/ ä' }), '{"was":"***"}'],
    ['in a path', `/x/${encodeURIComponent('ge"heim/ ä')}/y`, '/x/***/y'],
    [
      'in a form',
      `a=1&p=${new URLSearchParams([['', 'ge"heim/ ä']]).toString().slice(1)}&b=2`,
      'a=1&p=***&b=2',
    ],
  ])('masks a secret %s', (_, text, shown) => {
    expect(withoutSecrets(text, ['ge"heim/ ä'])).toBe(shown);
  });

  it('leaves none of a secret that is part of another, and is not stopped by an empty one', () => {
    expect(withoutSecrets('otto:geheim and geheim', ['geheim', '', 'otto:geheim'])).toBe('*** and ***');
  });

  it('never shows a secret, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string(), (secret, text) => {
        fc.pre(!'***'.includes(secret));
        expect(withoutSecrets(`${text}${secret}${text}`, [secret])).not.toContain(secret);
      }),
    );
  });
});
