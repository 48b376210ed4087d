import { describe, expect, it } from 'vitest';
import { nodeProject } from '../../testing/node-project.ts';
import { configSchema } from '../project/config-schema.ts';
import { mergeExecution } from './merge-execution.ts';

const builder = { Entrypoint: ['/node', 'main.mjs'], WorkingDir: '/app', Env: ['NODE_ENV=production'] };
const base = {
  User: '65532:65532',
  Cmd: ['node'],
  StopSignal: 'SIGQUIT',
  Env: ['PATH=/opt/bin:/bin', 'NODE_ENV=test', 'LANG=C'],
  Labels: { vendor: 'somebody', 'org.opencontainers.image.title': 'their base' },
};

/** What an image gets from these options. */
function execution(options: object, from: object = base) {
  const app = { entry: 'main.ts' };
  const project = { ...nodeProject('/shop'), ...configSchema.parse({ name: 'shop', app, ...options }) };
  const annotations = { 'org.opencontainers.image.title': 'shop' };
  return mergeExecution({ ...nodeProject('/shop'), ...project, platforms: [] }, from, builder, annotations);
}

describe('an image', () => {
  it('is started as its builder says, on what its base says', () => {
    expect(execution({})).toEqual({
      User: '65532:65532',
      StopSignal: 'SIGQUIT',
      Entrypoint: ['/node', 'main.mjs'],
      WorkingDir: '/app',
      ExposedPorts: { '3000/tcp': {} },
      Env: ['PATH=/opt/bin:/bin', 'NODE_ENV=production', 'LANG=C', 'PORT=3000'],
      Labels: { vendor: 'somebody', 'org.opencontainers.image.title': 'shop' },
    });
  });

  it('is started as the project says', () => {
    const said = {
      user: 1000,
      workdir: '/srv/data/',
      entrypoint: ['/bin/start'],
      cmd: ['--all', ''],
      stopSignal: 'sigusr2',
      env: { NODE_ENV: 'staging', PORT: '80' },
    };
    expect(execution(said)).toMatchObject({
      User: '1000',
      WorkingDir: '/srv/data',
      Entrypoint: ['/bin/start'],
      Cmd: ['--all', ''],
      StopSignal: 'SIGUSR2',
      Env: ['PATH=/opt/bin:/bin', 'NODE_ENV=staging', 'LANG=C', 'PORT=80'],
    });
  });

  it('keeps the arguments that are meant for its own entrypoint, and never those of the base', () => {
    expect(execution({}).Cmd).toBeUndefined();
    expect(execution({ cmd: ['--verbose'] })).toMatchObject({
      Entrypoint: ['/node', 'main.mjs'],
      Cmd: ['--verbose'],
    });
  });

  it.each([
    ['$PATH:/app/bin', '/opt/bin:/bin:/app/bin'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what a person writes
    ['/app/bin:${PATH}', '/app/bin:/opt/bin:/bin'],
    ['/only', '/only'],
    ['$PATHS', '$PATHS'],
  ])('has in PATH, given as %s, what the base has', (path, expected) => {
    expect(execution({ env: { PATH: path } }).Env).toContain(`PATH=${expected}`);
  });

  it('has the usual folders in PATH where the base says nothing', () => {
    const { Env } = execution({ env: { PATH: '/app/bin:$PATH', OTHER: '$PATH' } }, {});
    expect(Env).toContain('PATH=/app/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin');
    expect(Env).toContain('OTHER=$PATH');
  });

  it('exposes every port, and tells the service the first', () => {
    expect(execution({ port: [8080, 9464, 8080] })).toMatchObject({
      ExposedPorts: { '8080/tcp': {}, '9464/tcp': {} },
      Env: expect.arrayContaining(['PORT=8080']),
    });
  });

  it('that listens nowhere exposes nothing and is told nothing', () => {
    const { ExposedPorts, Env } = execution({ port: false });
    expect(ExposedPorts).toEqual({});
    expect(Env).toEqual(['PATH=/opt/bin:/bin', 'NODE_ENV=production', 'LANG=C']);
  });

  it('has what its base declares for whatever runs in it, and nothing that was for the base alone', () => {
    const docker = {
      ...base,
      Hostname: '',
      Image: 'sha256:1',
      OnBuild: ['RUN make'],
      Entrypoint: ['docker-entrypoint.sh'],
      Volumes: { '/data': {} },
      ExposedPorts: { '9000/udp': {} },
      WorkingDir: '/base',
      Healthcheck: { Test: ['CMD', 'true'] },
    };
    const { Env, Labels, ...rest } = execution({}, docker);
    expect(rest).toEqual({
      User: '65532:65532',
      StopSignal: 'SIGQUIT',
      Volumes: { '/data': {} },
      Healthcheck: { Test: ['CMD', 'true'] },
      ExposedPorts: { '9000/udp': {}, '3000/tcp': {} },
      Entrypoint: ['/node', 'main.mjs'],
      WorkingDir: '/app',
    });
  });

  it('does without what Docker writes as null or empty', () => {
    const nothing = {
      Env: null,
      Cmd: null,
      Volumes: null,
      Entrypoint: null,
      OnBuild: null,
      Labels: null,
      User: '',
    };
    expect(execution({}, { ...nothing, ExposedPorts: null, WorkingDir: null })).toEqual({
      Entrypoint: ['/node', 'main.mjs'],
      WorkingDir: '/app',
      ExposedPorts: { '3000/tcp': {} },
      Env: expect.arrayContaining(['NODE_ENV=production']),
      Labels: expect.anything(),
    });
  });
});
