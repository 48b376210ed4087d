import { expect, test } from 'vitest';
import { consoleExamples, outputPattern, runExample } from './console-examples.ts';

const document = `# Title
\`\`\`sh
curl not-an-example
\`\`\`
\`\`\`console
$ echo one
one
$ printf '%s\\n' 'a
b'
a
b
$ echo at localhost:3000 \\
  since $$
at localhost:3000 since …
\`\`\`
`;

test('finds commands, over several lines too, with what they print', () => {
  expect(consoleExamples(document)).toEqual([
    { command: 'echo one', output: 'one\n', line: 6 },
    { command: "printf '%s\\n' 'a\nb'", output: 'a\nb\n', line: 8 },
    { command: 'echo at localhost:3000 \\\n  since $$', output: 'at localhost:3000 since …\n', line: 12 },
  ]);
});

test('they print what is said, under the address of the document', async () => {
  for (const example of consoleExamples(document)) {
    const printed = await runExample(example, { from: 'localhost:3000', to: '127.0.0.1:1' });
    expect(printed).toMatch(outputPattern(example));
  }
});

test('other output does not match, and what fails is an error', async () => {
  const [example] = consoleExamples('```console\n$ echo 2.0\n2.0\n```');
  if (!example) throw new Error('not found');
  expect('2x0\n').not.toMatch(outputPattern(example));
  expect('2.0\nmore\n').not.toMatch(outputPattern(example));
  const broken = { ...example, command: 'exit 3' };
  await expect(runExample(broken, { from: 'a', to: 'b' })).rejects.toThrow();
});
