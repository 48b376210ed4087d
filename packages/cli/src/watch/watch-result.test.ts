import type { Digest } from '@catamaran/oci';
import { describe, expect, it } from 'vitest';
import type { BuildDocument } from '../build/build-document.ts';
import { differenceOf, shownPath } from './watch-result.ts';
import { rebuildSummary } from './watch-text.ts';

/** @param platforms their layers, by name */
function documentOf(platforms: Readonly<Record<string, readonly string[]>>): BuildDocument {
  const digestOf = (text: string) => `sha256:${text}` as Digest;
  return {
    name: 'app',
    digest: digestOf(JSON.stringify(platforms)),
    layout: 'layout',
    durationMs: 100,
    platforms: Object.entries(platforms).map(([platform, layers]) => ({
      platform,
      digest: digestOf(layers.join()),
      sizeBytes: 0,
      layers: layers.map((layer) => ({ digest: digestOf(layer), sizeBytes: 1000, shared: false })),
      elfFiles: 0,
      findings: [],
    })),
  };
}

describe('what a build made that the one before had not', () => {
  const before = documentOf({ 'linux/amd64': ['base', 'app'], 'linux/arm64': ['arm base', 'app'] });

  it('is each new layer once, with those that have it, and the platforms that are others', () => {
    const now = documentOf({ 'linux/amd64': ['base', 'new'], 'linux/arm64': ['arm base', 'new'] });
    const difference = differenceOf(before, now);
    expect(difference).toEqual({
      previousDigest: before.digest,
      platforms: ['linux/amd64', 'linux/arm64'],
      newLayers: [{ digest: 'sha256:new', sizeBytes: 1000, platforms: ['linux/amd64', 'linux/arm64'] }],
    });
    expect(rebuildSummary(now, difference)).toContain('new layer  1.0 kB, shared by all  sha256:new\n');
  });

  it('may be one platform’s alone', () => {
    const now = documentOf({ 'linux/amd64': ['base', 'app'], 'linux/arm64': ['other base', 'app'] });
    const difference = differenceOf(before, now);
    expect(difference.platforms).toEqual(['linux/arm64']);
    expect(rebuildSummary(now, difference)).toContain('new layer  1.0 kB, linux/arm64  sha256:other base\n');
  });

  it('may be nothing', () => {
    const difference = differenceOf(before, before);
    expect(difference).toMatchObject({ platforms: [], newLayers: [] });
    expect(rebuildSummary(before, difference)).toBe('app in 0.1 s: the same image as before\n');
  });
});

it.each([
  ['/home/me/app/src/a.ts', 'src/a.ts'],
  ['/home/me/lib/b.ts', '/home/me/lib/b.ts'],
])('%s is shown as %s', (path, shown) => {
  expect(shownPath(path, '/home/me/app')).toBe(shown);
});
