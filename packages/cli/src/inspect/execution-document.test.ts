import type { ImageConfig } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { executionDocument } from './execution-document.ts';

const configured = (config: unknown) =>
  executionDocument({ os: 'linux', architecture: 'amd64', config } as ImageConfig);

const nothing = {
  user: '',
  entrypoint: [],
  cmd: [],
  workingDir: '',
  env: [],
  exposedPorts: [],
  volumes: [],
  stopSignal: '',
  labels: {},
};

describe('what a container is started with', () => {
  it.each([
    ['is not said', undefined],
    ['is null', null],
    [
      'is null in all its parts, as Docker writes it',
      { Cmd: null, Env: null, Labels: null, ExposedPorts: null },
    ],
    [
      'is of other types than it should be',
      { User: 0, Cmd: 'sh', Env: [1, null], Labels: { a: 1 }, Volumes: 'x' },
    ],
  ])('is empty where it %s', (_, config) => {
    expect(configured(config)).toEqual(nothing);
  });

  it('is all there', () => {
    expect(configured({ User: '1', Cmd: ['a'], Volumes: { '/data': {} }, Labels: { a: 'b' } })).toEqual({
      ...nothing,
      user: '1',
      cmd: ['a'],
      volumes: ['/data'],
      labels: { a: 'b' },
    });
  });
});
