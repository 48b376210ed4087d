// biome-ignore-all lint/suspicious/noTemplateCurlyInString: as it is written in Dockerfiles.
import { describe, expect, it } from 'vitest';
import { expand } from './expand.ts';

const values: Readonly<Record<string, string>> = { A: 'one', EMPTY: '', B: 'two' };
const expanded = (text: string) => expand(text, (name) => values[name]);

describe('variables in a Dockerfile', () => {
  it.each([
    ['$A', 'one'],
    ['${A}-$B', 'one-two'],
    ['$AB', ''],
    ['x$A.y', 'xone.y'],
    ['\\$A', '$A'],
    ["'$A'", '$A'],
    ['"$A"', 'one'],
    ['${NONE:-x}', 'x'],
    ['${EMPTY:-x}', 'x'],
    ['${EMPTY-x}', ''],
    ['${NONE-x}', 'x'],
    ['${A:+x}', 'x'],
    ['${EMPTY:+x}', ''],
    ['${EMPTY+x}', 'x'],
    ['${NONE:-${OTHER:-$B}}', 'two'],
    ['${A%e}', 'one'],
    ['$', '$'],
    ['${', '${'],
    ['${A', '${A'],
    ['$-', '$-'],
  ])('%s is %s', (text, value) => {
    expect(expanded(text).text).toBe(value);
  });

  it('tells which have no value and no default', () => {
    expect(expanded('$NONE ${OTHER} ${THIRD:-x} ${FOURTH:-$FIFTH} $A').unset).toEqual([
      'NONE',
      'OTHER',
      'FIFTH',
    ]);
  });
});
