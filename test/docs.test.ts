import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFolder } from './support/repository.ts';

const pages = ['*.md', 'docs/**/*.md', 'packages/*/*.md', 'samples/*/*.md'].flatMap((pattern) =>
  globSync(pattern, { cwd: repositoryFolder }),
);

describe('the documents', () => {
  it('are found', () => {
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md', 'docs/errors.md']));
  });

  it.each(pages)('%s links to nothing that is not there', (page) => {
    const text = readFileSync(join(repositoryFolder, page), 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => target);
    const dead = targets.filter((target) => !existsSync(join(repositoryFolder, dirname(page), target)));
    expect(dead).toEqual([]);
  });

  it.each(pages)('%s has no place left to be filled in', (page) => {
    expect(readFileSync(join(repositoryFolder, page), 'utf8')).not.toMatch(/@@|TODO|TBD/);
  });
});
