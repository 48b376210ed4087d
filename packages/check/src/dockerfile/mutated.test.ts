// biome-ignore-all lint/suspicious/noTemplateCurlyInString: as it is written in Dockerfiles.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintDockerfile } from './lint-dockerfile.ts';

/** What a Dockerfile is made of, and what it breaks on. */
const pieces = [
  ...[
    'FROM ',
    ' AS ',
    '--platform=',
    '$BUILDPLATFORM',
    '${TARGETARCH}',
    '${A:-${B:-',
    '}',
    '$',
    '${',
    '"',
    "'",
    '\\',
  ],
  ...[
    '\\\n',
    '`',
    '<<EOF',
    '<<-"a b"',
    'EOF\n',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '#',
    '# escape=`\n',
    '--from=',
    '--mount=',
  ],
  ...[
    'ARG TARGETARCH\n',
    'ENV A=$A$A\n',
    'ONBUILD ',
    'RUN ',
    'COPY ',
    '[',
    ']',
    ',',
    '=',
    '\0',
    '\ufeff',
    '\u2028',
    'é',
  ],
  ...[
    'amd64',
    'https://x/arm64.tar.gz',
    'go build -o /a',
    'npm ci',
    '&&',
    ';',
    '(',
    ')',
    'scratch',
    '0',
    '-1',
    '99999999',
  ],
];

interface Mutation {
  readonly at: number;
  readonly length: number;
  readonly put: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(4000),
  length: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(200)),
  put: fc.oneof(fc.constant(''), fc.constantFrom(...pieces), fc.string({ maxLength: 6, unit: 'binary' })),
});

/** One of these texts, with some of it taken out and other things put in, or all of it cut short or repeated. */
function mutatedDockerfile(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(mutation, { minLength: 1, maxLength: 6 }), fc.nat(40))
    .map(([text, mutations, twice]) => {
      const mutated = mutations.reduce((before, { at, length, put }) => {
        const start = at % (before.length + 1);
        return before.slice(0, start) + put + before.slice(start + length);
      }, text);
      return twice === 0 ? mutated.repeat(3) : mutated;
    });
}

const folder = join(import.meta.dirname, '../../testing/dockerfiles');
const corpus = globSync('*.Dockerfile', { cwd: folder })
  .sort()
  .map((file) => readFileSync(join(folder, file), 'utf8'));

const lint = (text: string) =>
  lintDockerfile(text, { path: 'x', platforms: ['linux/amd64', 'linux/arm64'], builder: 'linux/amd64' });

/** What this process computes for it, in milliseconds; other programs on the machine do not count. */
function cpuTimeMs(text: string): number {
  const before = process.cpuUsage();
  lint(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Garbage is collected now and then; what is slow in itself is slow each time. */
function isSlow(text: string): boolean {
  return [1, 2, 3].every(() => cpuTimeMs(text) > 100);
}

describe('Dockerfiles that were mutated', () => {
  it('are judged, 100,000 of them, without a crash, a hang, or memory that grows', {
    timeout: 300_000,
  }, () => {
    let most = 0;
    fc.assert(
      fc.property(mutatedDockerfile(corpus), (text) => {
        if (isSlow(text)) throw new Error('more than 100 ms');
        most = Math.max(most, process.memoryUsage.rss());
      }),
      { numRuns: 100_000, seed: 6 },
    );
    expect(most).toBeLessThan(1024 ** 3);
  });

  it('have a report whose lines are lines of the file', () => {
    fc.assert(
      fc.property(mutatedDockerfile(corpus), (text) => {
        const { findings, stages } = lint(text);
        const last = Math.max(1, text.split('\n').length);
        for (const { line, fix } of findings) {
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(last);
          expect((fix?.line ?? 1) + (fix?.lines ?? 0)).toBeLessThanOrEqual(last + 1);
        }
        for (const { instructions } of stages) {
          for (const { line, endLine, verdicts } of instructions) {
            expect(line).toBeLessThanOrEqual(endLine);
            expect(endLine).toBeLessThanOrEqual(last);
            expect(verdicts).toHaveLength(2);
          }
        }
      }),
      { numRuns: 2000, seed: 6 },
    );
  });
});
