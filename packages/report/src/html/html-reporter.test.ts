import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../run-record/run-record.ts';
import { bookstoreRecord, emulatedTarget, nativeTarget } from '../testing/bookstore-record.ts';
import { htmlReporter } from './html-reporter.ts';

async function render(record: RunRecord): Promise<string> {
  let page = '';
  for await (const part of htmlReporter().render(record)) page += part;
  return page;
}

/** What a reader sees: without tags and style sheet. */
function visibleText(page: string): string {
  const text = page.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<[^>]+>/g, ' ');
  return text.replace(/&#39;/g, "'").replace(/\s+/g, ' ');
}

const hostile = '<script>alert("1")</script>\'&';

describe('htmlReporter', () => {
  it('answers first', async () => {
    const text = visibleText(await render(bookstoreRecord()));
    const answer = 'This run cannot say which CPU to pay for: linux/arm64 ran under emulation.';
    const order = [answer, 'What was measured', 'The run in charts', 'Verdict', 'How it was measured'];
    const positions = order.map((words) => text.indexOf(words));
    expect(positions).not.toContain(-1);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  });

  it('needs nothing but itself', async () => {
    const page = await render(bookstoreRecord());
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|\bsrc=|\bhref=|url\((?!#)|\son\w+=/i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it('shows text of the record as text, whatever it says', async () => {
    const record = bookstoreRecord({ project: hostile });
    const [target] = record.targets;
    const phases = nativeTarget().phases.map((phase) => ({
      ...phase,
      name: hostile,
      failed: { [hostile]: 1 },
    }));
    const load = { ...record.load, source: hostile, phases };
    const targets = target ? [{ ...target, platform: hostile, phases }] : [];
    const page = await render({ ...record, load, targets });
    expect(page).not.toContain('<script');
    expect(page).toContain('<title>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;:');
  });

  it('says of an emulated target that it is wherever its figures are', async () => {
    const page = await render(bookstoreRecord());
    for (const figure of page.match(/<figure>[\s\S]*?<\/figure>/g) ?? []) {
      const description = figure.match(/aria-label="([^"]*)"/)?.[1] ?? '';
      if (description.includes('linux/arm64')) expect(description).toMatch(/emulat/);
      if (figure.includes('stroke="var(--emulated)"')) expect(figure).toMatch(/stroke-dasharray/);
    }
    for (const [row] of page.matchAll(/<tr class="emulated">[\s\S]*?<\/tr>/g))
      expect(row).toContain('emulated');
    expect(page.match(/<tr class="emulated">/g)).toHaveLength(4);
    const native = await render(bookstoreRecord({ targets: [nativeTarget(), nativeTarget('linux/arm64')] }));
    expect(visibleText(native)).not.toContain('emulated');
  });

  it('draws every chart, with words for who cannot see it, and ids that are unique', async () => {
    const page = await render(bookstoreRecord());
    expect(page.match(/<svg class="chart"[^>]* role="img" aria-label="[^"]{20,}"/g)).toHaveLength(8);
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('gives the same text for the same record', async () => {
    expect(await render(bookstoreRecord())).toBe(await render(bookstoreRecord()));
  });

  it('carries the provenance', async () => {
    const record = bookstoreRecord();
    const text = visibleText(await render(record));
    const digests = [record.image.digest, ...record.targets.map((target) => target.image.digest)];
    for (const words of [...digests, record.machine.kernel, record.catamaran, 'load.yml', 'ELF header']) {
      expect(text).toContain(words);
    }
  });

  it('renders runs in which little or nothing was measured', async () => {
    const silent = nativeTarget('linux/amd64', { failed: { timeout: 3000 } });
    const idle = { ...emulatedTarget(), resources: { ...silent.resources, points: [] }, phases: [] };
    const phases = silent.phases.slice(0, 1).map((phase) => ({ ...phase, seconds: [] }));
    const page = await render(bookstoreRecord({ targets: [{ ...silent, phases }, idle] }));
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
    expect(visibleText(await render(bookstoreRecord({ targets: [] })))).toContain('No target was measured');
  });
});
