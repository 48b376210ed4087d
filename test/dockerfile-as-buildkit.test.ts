// biome-ignore-all lint/suspicious/noTemplateCurlyInString: as it is written in Dockerfiles.
import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hostPlatform } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { lintDockerfile } from '../packages/check/src/dockerfile/lint-dockerfile.ts';
import { planBuild } from '../packages/check/src/dockerfile/plan/plan-build.ts';
import { expand } from '../packages/check/src/dockerfile/syntax/expand.ts';
import { readDockerfile } from '../packages/check/src/dockerfile/syntax/read-dockerfile.ts';
import type { DockerEngine } from '../packages/oci/src/testing/docker-engine/start-docker-engine.ts';
import { startedDockerEngine } from '../packages/oci/src/testing/docker-engine/started-docker-engine.ts';
import { helloProgram } from '../packages/oci/src/testing/hello-program.ts';
import { dockerBuild } from './foreign-images/docker-build.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const architecture = hostPlatform()?.architecture ?? 'amd64';
const foreign = architecture === 'amd64' ? 'arm64' : 'amd64';
const builder = `linux/${architecture}`;
const target = `linux/${foreign}`;

/** `own` and `other` are images of one platform each, the builder's and the target's: what BuildKit wants of them has to be it. */
const platforms: readonly string[] = [
  'FROM other',
  'FROM own',
  'FROM --platform=$BUILDPLATFORM own AS a\nFROM other\nCOPY --from=a /app /b',
  'FROM --platform=$BUILDPLATFORM other AS a\nFROM other\nCOPY --from=a /app /b',
  'FROM --platform=$BUILDPLATFORM own AS a\nFROM --platform=$TARGETPLATFORM a AS b\nFROM other\nCOPY --from=b /app /b',
  'FROM --platform=$TARGETPLATFORM own AS a\nFROM other\nCOPY --from=a /app /b',
  'FROM own AS unneeded\nFROM other',
  'FROM own AS a\nFROM other\nCOPY --from=A /app /b',
  'FROM own AS a\nFROM other\nCOPY --from=0 /app /b',
  'FROM other AS a\nFROM a AS b\nFROM b',
  'FROM own AS a\nFROM other AS A\nFROM a',
  `FROM --platform=${builder} own AS a\nFROM --platform=${target} other\nCOPY --from=a /app /b`,
  'ARG P=$BUILDPLATFORM\nFROM --platform=$P own AS a\nFROM other\nCOPY --from=a /app /b',
  'ARG P\nFROM --platform=${P:-$BUILDPLATFORM} own AS a\nFROM other\nCOPY --from=a /app /b',
  'ARG TARGETPLATFORM=$BUILDPLATFORM\nFROM --platform=$TARGETPLATFORM own AS a\nFROM other\nCOPY --from=a /app /b',
  'ARG BASE=other\nFROM $BASE',
  'FROM own AS on-own\nFROM other AS on-other\nFROM on-${X:-other}',
  'FROM other AS a\nONBUILD COPY --from=own /app /c\nFROM a',
];

/** What each LABEL of the last stage is, by what is in scope there. */
const scopes: readonly string[] = [
  'FROM scratch\nLABEL a=$TARGETARCH b=$TARGETPLATFORM',
  'FROM scratch\nARG TARGETARCH\nARG TARGETPLATFORM BUILDARCH\nLABEL a=$TARGETARCH b=$TARGETPLATFORM c=$BUILDARCH',
  'FROM scratch\nARG TARGETARCH=mips\nLABEL a=$TARGETARCH',
  'FROM scratch\nARG TARGETARCH=${TARGETARCH}\nLABEL a=x$TARGETARCH',
  'ARG TARGETARCH=mips\nFROM scratch\nARG TARGETARCH\nLABEL a=$TARGETARCH',
  'ARG A=1\nFROM scratch\nLABEL a=x$A',
  'ARG A=1\nARG B=${A}2\nFROM scratch\nARG B\nLABEL a=x$A b=$B',
  'ARG A=1\nFROM scratch\nARG A=2\nLABEL a=$A',
  'FROM scratch AS b\nARG A=1\nARG TARGETARCH\nENV E=$A\nFROM b\nLABEL a=x$A b=$E c=$TARGETARCH',
  'FROM scratch AS b\nONBUILD ARG A=1\nONBUILD ENV E=$A$A\nFROM b\nLABEL a=x$A b=$E',
  'FROM scratch\nENV A=1\nENV A=2 B=$A\nLABEL a=$A b=$B',
  'FROM scratch\nENV A one two\nLABEL a="$A" b=\'$A\' c=${A:-no} d=${NONE:-no} e=${A:+yes} f=${NONE:+yes}x',
  'FROM scratch\nARG A\nLABEL a=x$A b=${A:-default}',
];

const folder = temporaryFolder();

async function withEngine(skip: (why: string) => void): Promise<DockerEngine | undefined> {
  await mkdir(join(folder, 'app'), { recursive: true });
  for (const name of ['amd64', 'arm64'] as const) {
    await writeFile(join(folder, 'app', name), helloProgram(name, name));
    await chmod(join(folder, 'app', name), 0o755);
  }
  const engine = await startedDockerEngine(folder);
  if (typeof engine === 'string') return void skip(engine);
  for (const [name, platform] of [
    ['own', builder],
    ['other', target],
  ] as const) {
    const why = await build(engine, 'FROM scratch\nCOPY app /app', name, platform);
    if (why !== undefined) return void skip(why);
  }
  return engine;
}

async function build(engine: DockerEngine, text: string, tag: string, platform = target) {
  const path = join(folder, 'Dockerfile');
  await writeFile(path, `${text}\n`);
  return dockerBuild(engine, [
    '--file',
    path,
    '--platform',
    platform,
    '--network',
    'none',
    '--tag',
    tag,
    folder,
  ]);
}

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

/** Whether each image that is needed is wanted for the platform that it is of. */
function fits(text: string): boolean {
  const { dockerfile } = readDockerfile(text, () => {});
  const plan = planBuild(dockerfile, { target, builder, buildArguments: new Map() });
  const wanted: Readonly<Record<string, string>> = { own: builder, other: target };
  const named = plan.stages
    .filter(({ needed }) => needed)
    .every(({ base, platform }) => base.kind !== 'image' || wanted[base.name] === platform);
  // An image that is named in COPY is the target's.
  return named && !/COPY --from=own /.test(text);
}

describe('what is said of a Dockerfile', { timeout: 240_000 }, () => {
  it('is what BuildKit does: platforms of stages, scopes of variables, and what runs', async ({ skip }) => {
    const engine = await withEngine(skip);
    if (!engine) return;
    for (const text of platforms) {
      expect(await succeeds(build(engine, text, 'built')), text).toBe(fits(text));
    }
    expect(platforms.filter(fits).length).toBeGreaterThan(8);

    for (const text of scopes) {
      await build(engine, text, 'built');
      const labels = await engine.docker('inspect', 'built', '--format', '{{json .Config.Labels}}');
      expect(labelsOf(text), text).toEqual(JSON.parse(labels));
    }

    // The program is one of the stage's platform: it starts where nothing has to be emulated.
    const native = `FROM --platform=$BUILDPLATFORM own AS a\nRUN ["/app/${architecture}"]\nFROM other\nCOPY --from=a /app /b`;
    const emulated = `FROM other\nRUN ["/app/${foreign}"]`;
    const verdictsOf = (text: string) =>
      lintDockerfile(text, { path: 'x', platforms: [target], builder }).summary.map((each) => [
        each.native,
        each.emulated,
      ]);
    expect(verdictsOf(native)).toEqual([[1, 0]]);
    expect(verdictsOf(emulated)).toEqual([[0, 1]]);
    expect(await succeeds(build(engine, native, 'built'))).toBe(true);
    // Where this machine starts foreign programs by itself (binfmt_misc), so does BuildKit.
    const starts = await succeeds(promisify(execFile)(join(folder, 'app', foreign)));
    expect(await succeeds(build(engine, emulated, 'built'))).toBe(starts);
  });
});

function labelsOf(text: string): Record<string, string> {
  const { dockerfile } = readDockerfile(text, () => {});
  const plan = planBuild(dockerfile, { target, builder, buildArguments: new Map() });
  const scope = plan.scopes.at(-1);
  const label = dockerfile.stages.at(-1)?.instructions.findLast(({ keyword }) => keyword === 'LABEL');
  const pairs = [...(label?.text ?? '').matchAll(/(\w)=("[^"]*"|'[^']*'|\S+)/g)];
  return Object.fromEntries(
    pairs.map(([, name = '', value = '']) => [name, expand(value, (each) => scope?.get(each)?.value).text]),
  );
}
