import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const program = `
  import { registerHooks } from 'node:module';
  let loaded = 0;
  registerHooks({ load: (url, context, next) => { if (url.includes('/echarts/')) loaded++; return next(url, context); } });
  const { htmlReporter, terminalReporter } = await import('./index.ts');
  const { bookstoreRecord } = await import('./testing/bookstore-record.ts');
  terminalReporter({ width: 100, color: false }).render(bookstoreRecord());
  const before = loaded;
  for await (const part of htmlReporter().render(bookstoreRecord()));
  console.log(JSON.stringify([before, loaded > 0]));
`;

it('loads the charts for an HTML report only', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=source', '--input-type=module', '--eval', program],
    { cwd: fileURLToPath(new URL('.', import.meta.url)) },
  );
  expect(JSON.parse(stdout)).toEqual([0, true]);
});
