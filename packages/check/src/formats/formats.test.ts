import { digestOf } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../rules/catalogue.ts';
import type { Finding } from '../rules/finding.ts';
import { sarifFaults } from '../testing/sarif-schema.ts';
import { githubAnnotations } from './github-annotations.ts';
import type { Reported } from './reported.ts';
import { sarifLog } from './sarif-log.ts';

const finding: Finding = {
  rule: 'machine',
  level: 'error',
  path: '/app/node_modules/a b/x.node',
  message: 'is for arm64, the image is for amd64',
  layer: digestOf('layer'),
  wastedBytes: 7,
};
const silenced: Finding = {
  rule: 'set-uid',
  level: 'warning',
  path: '/bin/su',
  message: 'is set-uid',
  silenced: 'the service needs it',
};
const whole: Finding = { rule: 'root-user', level: 'warning', message: 'runs as root' };
const image: Reported = {
  subject: 'registry.example.com:5000/team/app:1.2',
  anchor: 'services/app/catamaran.config.ts',
  parts: [
    { platform: 'linux/amd64', findings: [finding, silenced, whole, finding] },
    { platform: 'linux/arm64', findings: [] },
  ],
};
const dockerfile: Reported = {
  subject: 'docker/Dockerfile',
  anchor: 'docker/Docker file',
  parts: [{ findings: [{ rule: 'dockerfile-new', level: 'note', line: 3, message: 'RUN x: emulated' }] }],
};

describe('SARIF', () => {
  it.each([
    ['an image', image],
    ['a Dockerfile', dockerfile],
    ['nothing', { ...image, parts: [] }],
  ])('of %s is valid by the official schema', (_, reported) => {
    expect(sarifFaults(sarifLog(reported, '1.2.3'))).toBeUndefined();
  });

  it('would not be valid with anything wrong in it', () => {
    const [run] = sarifLog(image, '1.2.3').runs;
    expect(sarifFaults({ version: '2.1.0', runs: [{ ...run, results: [{ message: 'x' }] }] })).toContain(
      'message',
    );
  });

  it('has a run for each platform, each in a category that stays when the tag changes', () => {
    const ids = (reported: Reported) => sarifLog(reported, '1').runs.map((run) => run.automationDetails.id);
    expect(ids(image)).toEqual([
      'catamaran/registry.example.com:5000/team/app/linux/amd64/',
      'catamaran/registry.example.com:5000/team/app/linux/arm64/',
    ]);
    expect(ids({ ...image, subject: `registry.example.com:5000/team/app@${digestOf('x')}` })).toEqual(
      ids(image),
    );
    expect(ids(dockerfile)).toEqual(['catamaran/docker/Dockerfile/']);
  });

  it('tells every rule of the catalogue, and each result names its own', () => {
    const [run] = sarifLog(image, '1.2.3').runs;
    const rules = run?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(Object.keys(catalogue));
    expect(rules[0]).toMatchObject({
      id: 'machine',
      name: 'Machine',
      defaultConfiguration: { level: 'error' },
    });
    expect(rules[0]?.fullDescription.text).not.toContain('`');
    expect(rules[0]?.help.markdown).toContain('`exec format error`');
    for (const { ruleId, ruleIndex = -1 } of run?.results ?? []) expect(rules[ruleIndex]?.id).toBe(ruleId);
    const [unknown] = sarifLog(dockerfile, '1').runs[0]?.results ?? [];
    expect(unknown).toMatchObject({ ruleId: 'dockerfile-new' });
  });

  it('shows an image’s finding at the file that made it, and names the path beside it', () => {
    const [result] = sarifLog(image, '1').runs[0]?.results ?? [];
    expect(result).toMatchObject({
      level: 'error',
      message: { text: '/app/node_modules/a b/x.node is for arm64, the image is for amd64' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'services/app/catamaran.config.ts', uriBaseId: '%SRCROOT%' },
            region: { startLine: 1 },
          },
          logicalLocations: [{ name: 'x.node', fullyQualifiedName: '/app/node_modules/a b/x.node' }],
        },
      ],
      properties: { imagePath: '/app/node_modules/a b/x.node', wastedBytes: 7 },
    });
  });

  it('shows a Dockerfile’s at its line', () => {
    const [result] = sarifLog(dockerfile, '1').runs[0]?.results ?? [];
    expect(result?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'docker/Docker%20file', uriBaseId: '%SRCROOT%' },
          region: { startLine: 3 },
        },
      },
    ]);
  });

  it('suppresses what is silenced, with the reason', () => {
    const results = sarifLog(image, '1').runs[0]?.results ?? [];
    expect(results.map(({ suppressions }) => suppressions?.[0]?.justification)).toEqual([
      undefined,
      'the service needs it',
      undefined,
      undefined,
    ]);
  });

  it('gives a finding the same fingerprint wherever its layer or line has gone to, and no two the same', () => {
    const prints = (reported: Reported) =>
      sarifLog(reported, '1').runs[0]?.results.map(
        ({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash,
      ) ?? [];
    const [first] = image.parts;
    const moved = (first?.findings ?? []).map((one) => ({ ...one, layer: digestOf('other'), line: 99 }));
    expect(prints({ ...image, parts: [{ platform: 'linux/amd64', findings: moved }] })).toEqual(
      prints(image),
    );
    expect(new Set(prints(image)).size).toBe(4);
  });
});

describe('GitHub’s annotations', () => {
  it('are one a line for what is not silenced', () => {
    expect(githubAnnotations(image)).toEqual([
      '::error file=services/app/catamaran.config.ts,title=A binary is for another CPU (machine)::/app/node_modules/a b/x.node is for arm64, the image is for amd64 (linux/amd64)',
      '::warning file=services/app/catamaran.config.ts,title=The service runs as root (root-user)::runs as root (linux/amd64)',
      '::error file=services/app/catamaran.config.ts,title=A binary is for another CPU (machine)::/app/node_modules/a b/x.node is for arm64, the image is for amd64 (linux/amd64)',
    ]);
    expect(githubAnnotations(dockerfile)).toEqual([
      '::notice file=docker/Docker file,line=3,title=dockerfile-new::RUN x: emulated',
    ]);
  });

  it('can begin no other command', () => {
    const hostile: Finding = {
      rule: 'a,b:c',
      level: 'error',
      path: '/x\n::set-env name=A::b\r',
      message: '100%',
    };
    const [line] = githubAnnotations({ subject: 'x', anchor: 'a%,b:c\nd', parts: [{ findings: [hostile] }] });
    expect(line).toBe('::error file=a%25%2Cb%3Ac%0Ad,title=a%2Cb%3Ac::/x%0A::set-env name=A::b%0D 100%25');
  });
});
