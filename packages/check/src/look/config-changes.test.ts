import type { ExecutionConfig, ImageConfig, Manifest } from '@catamaran/oci';
import { expect, it } from 'vitest';
import { configChanges } from './config-changes.ts';

function configured(config: unknown, annotations?: Record<string, string>, architecture = 'amd64') {
  const image = { architecture, os: 'linux', config, rootfs: { type: 'layers', diff_ids: [] } };
  return { config: image as unknown as ImageConfig, manifest: { annotations } as unknown as Manifest };
}

const execution: ExecutionConfig = {
  User: '65532',
  Entrypoint: ['node'],
  Env: ['PATH=/bin', 'A=1=2'],
  Labels: { kept: 'x', gone: 'y' },
  ExposedPorts: { '3000/tcp': {} },
};

it('tells field by field and name by name what is not the same', () => {
  const after = {
    ...execution,
    User: '',
    Entrypoint: ['node', '--enable-source-maps'],
    Env: ['PATH=/bin', 'A=1=3', 'NEW'],
    Labels: { kept: 'x', added: 'z' },
    ExposedPorts: { '8080/tcp': {} },
    Healthcheck: { Test: ['NONE'] },
  };
  const changes = configChanges(configured(execution, { a: '1' }), configured(after, { a: '2' }, 'arm64'));
  expect(changes).toEqual(
    expect.arrayContaining([
      { field: 'platform', before: 'linux/amd64', after: 'linux/arm64' },
      { field: 'user', before: '65532' },
      { field: 'entrypoint', before: '["node"]', after: '["node","--enable-source-maps"]' },
      { field: 'env', name: 'A', before: '1=2', after: '1=3' },
      { field: 'env', name: 'NEW', after: '' },
      { field: 'label', name: 'gone', before: 'y' },
      { field: 'label', name: 'added', after: 'z' },
      { field: 'port', name: '3000/tcp', before: '' },
      { field: 'port', name: '8080/tcp', after: '' },
      { field: 'healthcheck', after: '{"Test":["NONE"]}' },
      { field: 'annotation', name: 'a', before: '1', after: '2' },
    ]),
  );
  expect(changes).toHaveLength(11);
});

it('what is empty, null or not there is the same', () => {
  const empty = {
    User: '',
    Cmd: null,
    Env: null,
    Labels: null,
    Entrypoint: [],
    ArgsEscaped: false,
    Volumes: {},
  };
  expect(configChanges(configured(empty), configured(undefined))).toEqual([]);
  expect(configChanges(configured(execution), configured(execution))).toEqual([]);
});

it('survives whatever a configuration holds', () => {
  const strange = { Env: [1, null, 'A'], Labels: 'x', ExposedPorts: [1], User: 7 };
  expect(configChanges(configured(strange), configured({}))).toContainEqual({ field: 'user', before: '7' });
});
