import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyFix } from '../../testing/apply-fix.ts';
import { verdictTable } from '../../testing/verdict-table.ts';
import { lintDockerfile } from './lint-dockerfile.ts';

const folder = join(import.meta.dirname, '../../testing/dockerfiles');
const platforms = ['linux/amd64', 'linux/arm64'];
const files = globSync('*.Dockerfile', { cwd: folder }).sort();

describe('every instruction of the Dockerfiles in the corpus', () => {
  it('is in one of many files', () => expect(files.length).toBeGreaterThan(30));

  it.each(files)('has the verdict that the table beside it says: %s', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const report = lintDockerfile(text, { path: file, platforms, builder: 'linux/amd64' });
    const table = readFileSync(join(folder, `${basename(file, '.Dockerfile')}.table`), 'utf8');
    expect(verdictTable(report)).toBe(table);
  });

  it.each(files)('swaps native and emulated where the builder is the other platform: %s', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const verdicts = (builder: string, targets: readonly string[]) =>
      lintDockerfile(text, { path: file, platforms: targets, builder }).summary.map(
        ({ native, emulated }) => [native, emulated],
      );
    const isConstant = /linux\/(amd64|arm64)/.test(text);
    if (isConstant) return;
    expect(verdicts('linux/arm64', ['linux/arm64', 'linux/amd64'])).toEqual(
      verdicts('linux/amd64', platforms),
    );
  });
});

describe('corrected lines', () => {
  it.each(files)('mend what they are shown for: %s', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const lint = (of: string) =>
      lintDockerfile(of, { path: file, platforms, builder: 'linux/amd64' }).findings;
    for (const { rule, message, fix } of lint(text)) {
      if (!fix) continue;
      const left = lint(applyFix(text, fix));
      expect(left.filter((finding) => finding.rule === rule && finding.message === message)).toEqual([]);
      expect(left.filter((finding) => finding.rule === 'dockerfile-syntax').length).toBeLessThanOrEqual(
        lint(text).filter((finding) => finding.rule === 'dockerfile-syntax').length,
      );
    }
  });
});
