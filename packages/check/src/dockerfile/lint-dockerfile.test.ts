// biome-ignore-all lint/suspicious/noTemplateCurlyInString: as it is written in Dockerfiles.
import { describe, expect, it } from 'vitest';
import { type LintOptions, lintDockerfile } from './lint-dockerfile.ts';

const both = ['linux/amd64', 'linux/arm64'];

function lint(text: string, options: Partial<LintOptions> = {}) {
  return lintDockerfile(text, { path: 'Dockerfile', platforms: both, builder: 'linux/amd64', ...options });
}

const rulesOf = (text: string, options: Partial<LintOptions> = {}) =>
  lint(text, options).findings.map(({ level, line, rule }) => `${level} ${line} ${rule}`);

/** Of the instruction in a line: its verdict for each platform. */
function verdictsAt(line: number, text: string, options: Partial<LintOptions> = {}) {
  const { stages } = lint(text, options);
  const found = stages.flatMap(({ instructions }) => instructions).find((each) => each.line === line);
  return found?.verdicts.map(({ verdict }) => verdict);
}

describe('a verdict', () => {
  it('says why, with the image, the platforms and the builder', () => {
    const { stages } = lint('FROM node:24\nRUN npm ci');
    expect(stages[0]?.instructions[1]?.verdicts).toEqual([
      {
        platform: 'linux/amd64',
        verdict: 'native',
        why: 'the last stage is FROM node:24 without --platform=$BUILDPLATFORM, so for linux/amd64 its RUN is native on a linux/amd64 builder',
      },
      {
        platform: 'linux/arm64',
        verdict: 'emulated',
        why: 'the last stage is FROM node:24 without --platform=$BUILDPLATFORM, so for linux/arm64 its RUN is emulated on a linux/amd64 builder',
      },
    ]);
  });

  it('is another on another builder', () => {
    const options = { builder: 'linux/arm64' };
    expect(verdictsAt(2, 'FROM node:24\nRUN x', options)).toEqual(['emulated', 'native']);
    expect(verdictsAt(2, 'FROM --platform=$BUILDPLATFORM node:24\nRUN x', options)).toEqual([
      'native',
      'native',
    ]);
    expect(verdictsAt(2, 'FROM --platform=linux/amd64 node:24\nRUN x', options)).toEqual([
      'emulated',
      'emulated',
    ]);
  });

  it.each([
    ['linux/amd64', 'linux/386', 'native'],
    ['linux/arm64', 'linux/arm/v7', 'native'],
    ['linux/amd64', 'linux/arm/v7', 'emulated'],
    ['linux/amd64', 'linux/riscv64', 'emulated'],
    ['linux/amd64', 'linux/x86_64', 'native'],
    ['linux/arm64', 'linux/arm64/v8', 'native'],
    ['linux/arm64', 'aarch64', 'native'],
  ])('on a builder that is %s knows what runs %s', (builder, constant, verdict) => {
    const text = `FROM --platform=${constant} a AS b\nRUN x\nFROM scratch\nCOPY --from=b / /`;
    expect(verdictsAt(2, text, { builder, platforms: ['linux/amd64'] })).toEqual([verdict]);
  });

  it.each([
    '$BUILDPLATFORM',
    '"$BUILDPLATFORM"',
    '${BUILDPLATFORM:-linux/riscv64}',
    '${X:-$BUILDPLATFORM}',
    '$BUILDOS/$BUILDARCH',
  ])('follows %s', (platform) => {
    expect(verdictsAt(2, `FROM --platform=${platform} node AS b\nRUN x`)).toEqual(['native', 'native']);
  });

  it('knows what --build-arg gives', () => {
    const text = 'ARG WHERE\nFROM --platform=$WHERE node AS b\nRUN x\nFROM scratch\nCOPY --from=b / /';
    const given = (value: string) => ({ buildArguments: new Map([['WHERE', value]]) });
    expect(verdictsAt(3, text)).toEqual(['unknown', 'unknown']);
    expect(verdictsAt(3, text, given('linux/arm64'))).toEqual(['emulated', 'emulated']);
    expect(rulesOf(text, given('linux/arm64'))).not.toContain('warning 2 dockerfile-build-platform');
  });

  it('is about the stage that is asked for', () => {
    const text = 'FROM a AS one\nRUN x\nFROM b AS two\nRUN y';
    expect(verdictsAt(2, text)).toEqual(['not-built', 'not-built']);
    expect(verdictsAt(2, text, { target: 'ONE' })).toEqual(['native', 'emulated']);
    expect(verdictsAt(4, text, { target: '0' })).toEqual(['not-built', 'not-built']);
    expect(() => lint(text, { target: 'three' })).toThrow(
      expect.objectContaining({
        code: 'CATA_DOCKERFILE_TARGET_UNKNOWN',
        message: '"Dockerfile" has no stage "three".',
        hint: expect.stringContaining('one, two'),
      }),
    );
  });

  it('is of a stage that another takes files from, or mounts, or is built on, by name in any case or by number', () => {
    const needed = (use: string) => verdictsAt(2, `FROM a AS Tools\nRUN x\nFROM b\n${use}`);
    expect(needed('COPY --from=tools /a /a')).toEqual(['native', 'emulated']);
    expect(needed('COPY --chown=1:1 --from=TOOLS /a /a')).toEqual(['native', 'emulated']);
    expect(needed('COPY --from=0 /a /a')).toEqual(['native', 'emulated']);
    expect(needed('RUN --mount=type=bind,from=tools,target=/t /t/x')).toEqual(['native', 'emulated']);
    expect(needed('FROM tools')).toEqual(['native', 'emulated']);
    expect(needed('COPY --from=other /a /a')).toEqual(['not-built', 'not-built']);
    expect(needed('RUN --mount=type=cache,target=/t x')).toEqual(['not-built', 'not-built']);
  });
});

describe('what is unneeded, or right', () => {
  it.each([
    [
      'a bundle of a native stage',
      'FROM --platform=$BUILDPLATFORM node AS b\nRUN npm ci && npm run build\nFROM node\nCOPY --from=b /app/dist /app',
    ],
    [
      'certificates of a native stage that compiles',
      'FROM --platform=$BUILDPLATFORM golang AS b\nRUN go build -o /x .\nFROM scratch\nCOPY --from=b /etc/ssl/certs/ca-certificates.crt /etc/',
    ],
    [
      'a variable that the script sets',
      'FROM --platform=$BUILDPLATFORM a AS b\nRUN TARGETARCH=$(uname -m) && echo $TARGETARCH\nFROM a\nCOPY --from=b /x.json /',
    ],
    [
      'an argument of the stage below',
      'FROM --platform=$BUILDPLATFORM a AS b\nARG TARGETARCH\nFROM b AS c\nRUN echo $TARGETARCH\nFROM a\nCOPY --from=c /x.json /',
    ],
    [
      'a choice among architectures',
      'FROM --platform=$BUILDPLATFORM a AS b\nRUN if [ "$(uname -m)" = x86_64 ]; then curl -O https://e.com/a-x64.zip; fi\nFROM a\nCOPY --from=b /x.json /',
    ],
    [
      'GOARCH from ENV',
      'FROM --platform=$BUILDPLATFORM golang AS b\nARG TARGETARCH\nENV GOARCH=$TARGETARCH\nRUN go build -o /x .\nFROM scratch\nCOPY --from=b /x /x',
    ],
    [
      'a global npm tool',
      'FROM --platform=$BUILDPLATFORM node AS b\nRUN npm install -g pnpm@10\nFROM node\nCOPY --from=b /app /app',
    ],
    [
      'a script among the programs of a native stage',
      'FROM --platform=$BUILDPLATFORM a AS b\nRUN x\nFROM scratch\nCOPY --from=b /usr/local/bin/start.sh /',
    ],
    [
      'what is quoted',
      "FROM scratch\nLABEL a='$TARGETARCH' b=\\$TARGETARCH\nCOPY <<'EOF' /x\n$TARGETARCH\nEOF",
    ],
  ])('has no finding: %s', (_, text) => {
    expect(rulesOf(text)).toEqual([]);
  });

  it('has none for one platform on its own builder', () => {
    expect(
      rulesOf('FROM node:24 AS b\nRUN npm ci\nFROM node\nCOPY --from=b /app /app', {
        platforms: ['linux/amd64'],
      }),
    ).toEqual([]);
    const text = 'FROM --platform=linux/amd64 debian\nRUN curl -O https://e.com/x-amd64.deb';
    expect(rulesOf(text, { platforms: ['linux/amd64'] })).toEqual([]);
    expect(rulesOf(text, { platforms: ['linux/arm64'] })).toContain('error 1 dockerfile-constant-platform');
  });
});

describe('what is wrong', () => {
  it.each([
    [
      'a default of a variable that is not there',
      'FROM a\nARG TARGETARCH=${TARGETARCH}',
      'error 2 dockerfile-target-arch',
    ],
    [
      'an ARG below its use',
      'FROM scratch\nCOPY $TARGETARCH/x /\nARG TARGETARCH',
      'error 2 dockerfile-target-arch',
    ],
    [
      'a variable in a heredoc',
      'FROM scratch\nCOPY <<EOF /x\n$TARGETPLATFORM\nEOF',
      'error 3 dockerfile-target-arch',
    ],
    [
      'addresses by an argument',
      'FROM scratch\nARG A=arm64\nADD https://e.com/$A.tar /',
      'error 3 dockerfile-arch-url',
    ],
    [
      'an image of the target in a native stage',
      'FROM --platform=$BUILDPLATFORM a AS b\nCOPY --from=uv:1 /uv /\nFROM scratch\nCOPY --from=b /x.json /',
      'warning 2 dockerfile-build-platform',
    ],
    [
      'a program of a native stage',
      'FROM --platform=$BUILDPLATFORM a AS b\nRUN apt-get install jq\nFROM scratch\nCOPY --from=b /usr/bin/jq /',
      'warning 4 dockerfile-native-output',
    ],
    [
      'packages that come by way of another native stage',
      'FROM --platform=$BUILDPLATFORM node AS base\nWORKDIR /app\nFROM base AS deps\nRUN npm ci\nFROM base AS build\nCOPY --from=deps /app/node_modules ./node_modules\nFROM node\nCOPY --from=build /app /app',
      'warning 4 dockerfile-native-output',
    ],
    [
      'packages in a folder that the stage below names',
      'FROM --platform=$BUILDPLATFORM node AS base\nWORKDIR /app\nFROM base AS deps\nRUN npm ci\nFROM node\nCOPY --from=deps /app /srv',
      'warning 4 dockerfile-native-output',
    ],
  ])('is found: %s', (_, text, expected) => {
    expect(rulesOf(text)).toContain(expected);
  });
});

describe('a file that is no Dockerfile', () => {
  it.each([
    ['is empty', '', '1 There is no FROM, so there is nothing to build.'],
    ['has nothing but comments', '# a\n\n  # b\n', '1 There is no FROM, so there is nothing to build.'],
    ['is binary', 'FROM a\n\u007fELF\0\u0001', '2 This is not text in UTF-8.'],
    ['is not UTF-8', `FROM a\nRUN ${Buffer.from([0xff]).toString('utf8')}`, '2 This is not text in UTF-8.'],
    [
      'has a line that is too long',
      `FROM a\nRUN ${'x'.repeat(70_000)}`,
      '2 The line is longer than 65535 characters, which BuildKit refuses.',
    ],
    ['is JSON', '{\n}', '1 Unknown instruction "{".'],
    ['has a heredoc without an end', 'FROM a\nRUN <<A <<B\nA\n', '2 The heredoc <<B does not end.'],
    [
      'has a stage that waits for itself',
      'FROM a AS b\nCOPY --from=b / /',
      '1 Stage "b" takes files from a stage that waits for it.',
    ],
  ])('has a finding with its line where it %s', (_, text, expected) => {
    const found = lint(text).findings.filter(({ rule }) => rule === 'dockerfile-syntax');
    expect(found.map(({ line, message }) => `${line} ${message}`)).toContain(expected);
  });

  it.each([
    ['is long', `FROM a\n${'# comment\n'.repeat(30_000)}`, '300007 bytes'],
    ['has many instructions', `FROM a\n${'RUN x\n'.repeat(2001)}`, '2002 instructions'],
    ['has many stages', 'FROM a\n'.repeat(201), '201 stages'],
  ])('is refused where it %s', (_, text, count) => {
    expect(() => lint(text)).toThrow(
      expect.objectContaining({ code: 'CATA_DOCKERFILE_TOO_LARGE', message: expect.stringContaining(count) }),
    );
  });

  it('does not grow in memory by what it says', () => {
    expect(() => lint(`FROM a\nENV A=xxxxxxxx\n${'ENV A=$A$A\n'.repeat(100)}COPY $A /`)).not.toThrow();
    expect(() => lint(`ARG A=xxxxxxxx\n${'ARG A=$A$A\n'.repeat(100)}FROM $A`)).not.toThrow();
    expect(() => lint(`FROM ${'${A:-'.repeat(5000)}${'}'.repeat(5000)}`)).not.toThrow();
  });
});
