import { markdownTable } from '../support/markdown-table.ts';
import { median } from '../support/median.ts';
import { names } from './names.ts';
import type { Results } from './results.ts';

export function buildTable(results: Results): string {
  const unit = results.unit();
  const rows = results.all().map(({ step, name, platforms, seconds }) => {
    const own = median(seconds);
    const catamaran = results.median(step, names.catamaran);
    return [
      step,
      name,
      platforms,
      own.toFixed(own < 10 ? 3 : 1),
      (own / unit).toFixed(1),
      catamaran === undefined ? '' : (own / catamaran).toFixed(2),
      `${seconds.length}`,
    ];
  });
  return markdownTable(
    [
      { title: 'build' },
      { title: 'by' },
      { title: 'platforms' },
      { title: 'seconds', align: 'right' },
      { title: '× `node -e 0`', align: 'right' },
      { title: '× catamaran', align: 'right' },
      { title: 'n', align: 'right' },
    ],
    rows,
  );
}
