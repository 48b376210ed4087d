import { digestOf, type ImageConfig, type Manifest } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import { layerDocuments } from './layer-document.ts';

const digest = digestOf(Buffer.from('layer'));
const layer = { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest, size: 5 };
const madeBy = (history: unknown, diffIds: readonly unknown[] = [digest, digest]) =>
  layerDocuments(
    { layers: [layer, layer] } as unknown as Manifest,
    { rootfs: { diff_ids: diffIds }, history } as unknown as ImageConfig,
  ).map(({ createdBy }) => createdBy);

describe('the line of the history that made a layer', () => {
  it('is found beside lines that made none', () => {
    const history = [
      { created_by: 'ADD rootfs' },
      { created_by: 'ENV A=1', empty_layer: true },
      { created_by: 'RUN make' },
      { created_by: 'CMD sh', empty_layer: true },
    ];
    expect(madeBy(history)).toEqual(['ADD rootfs', 'RUN make']);
  });

  it('is a comment where there is nothing else', () => {
    expect(madeBy([{ comment: 'imported' }, {}])).toEqual(['imported', null]);
  });

  it.each([
    ['missing', undefined],
    ['null', null],
    ['too short', [{ created_by: 'RUN make' }]],
    ['too long', [{ created_by: 'a' }, { created_by: 'b' }, { created_by: 'c' }]],
    ['full of holes', [null, null]],
  ])('is not guessed when the history is %s', (_, history) => {
    expect(madeBy(history)).toEqual([null, null]);
  });

  it('does without diff IDs too', () => {
    expect(madeBy(undefined, [])).toEqual([null, null]);
  });
});
