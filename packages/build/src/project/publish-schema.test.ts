import { describe, expect, it } from 'vitest';
import { publishSchema } from './publish-schema.ts';

describe('publish of the configuration', () => {
  it('has defaults for all of it', () => {
    expect(publishSchema.parse(undefined)).toEqual({
      to: [],
      ecr: { createRepository: true, immutableTags: true, scanOnPush: true },
    });
  });

  it('reads references with their registries', () => {
    const to = ['registry.example.com/team/app:1.2', 'localhost:5000/app', 'docker://you/app'];
    expect(publishSchema.parse({ to }).to).toEqual([
      { registry: 'registry.example.com', repository: 'team/app', tag: '1.2' },
      { registry: 'localhost:5000', repository: 'app' },
      { repository: 'you/app' },
    ]);
  });

  it.each([
    ['app:1', 'names no registry'],
    ['you/app:1', 'names no registry'],
    ['r.io/App', 'is no image reference'],
    ['https://r.io/app', 'is no image reference'],
    ['r.io/app@sha256:12', 'is no image reference'],
    [`r.io/app@sha256:${'0'.repeat(64)}`, 'names a digest'],
  ])('refuses "%s": it %s', (text, reason) => {
    const { error } = publishSchema.safeParse({ to: ['r.io/fine', text] });
    expect(error?.issues).toEqual([
      expect.objectContaining({ path: ['to', 1], message: expect.stringContaining(`"${text}" ${reason}`) }),
    ]);
  });

  it('refuses options that there are not, and an expiry of no days', () => {
    expect(publishSchema.safeParse({ too: [] }).success).toBe(false);
    expect(publishSchema.safeParse({ ecr: { expireUntaggedAfterDays: 0 } }).success).toBe(false);
  });
});
