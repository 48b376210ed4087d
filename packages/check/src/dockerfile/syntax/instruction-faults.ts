import type { DockerfileFinding } from '../dockerfile-report.ts';
import type { Instruction } from './instruction.ts';
import { quoted, syntaxError } from './syntax-error.ts';
import { words } from './words.ts';

const keywords = [
  ...[
    'ADD',
    'ARG',
    'CMD',
    'COPY',
    'ENTRYPOINT',
    'ENV',
    'EXPOSE',
    'FROM',
    'HEALTHCHECK',
    'LABEL',
    'MAINTAINER',
  ],
  ...['ONBUILD', 'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'],
];

/** BuildKit lets these stand alone. */
const mayBeEmpty = ['CMD', 'ENTRYPOINT', 'RUN', 'VOLUME', 'EXPOSE'];

/** What BuildKit would not take of one instruction. */
export function faultsOf(instruction: Instruction): DockerfileFinding[] {
  const { keyword, line, text, flags, heredocs } = instruction;
  const refuse = (message: string) => [syntaxError(line, message)];
  if (!keywords.includes(keyword)) return refuse(`Unknown instruction ${quoted(keyword)}.`);
  if (keyword === 'FROM') return fromFaults(instruction);
  if (text === '' && !mayBeEmpty.includes(keyword)) return refuse(`${keyword} needs an argument.`);
  if (keyword === 'RUN' && text === '' && heredocs.length === 0) return refuse('RUN needs a command.');
  if (keyword === 'ONBUILD') return triggerFaults(instruction);
  if ((keyword === 'COPY' || keyword === 'ADD') && paths(text).length < 2) {
    return refuse(`${keyword} needs what is copied and where it goes.`);
  }
  const from = flags.find(({ name }) => name === 'from')?.value;
  if (keyword === 'COPY' && from?.includes('$')) {
    return refuse(
      `--from=${from} stays as it is: variables are not expanded here. Name a stage of "FROM ${from} AS ...".`,
    );
  }
  return [];
}

function fromFaults({ text, line }: Instruction): DockerfileFinding[] {
  const [base, as, name, ...more] = words(text);
  if (!base) return [syntaxError(line, 'FROM needs an image.')];
  if (as === undefined) return [];
  if (as.toLowerCase() !== 'as' || name === undefined || more.length > 0) {
    return [
      syntaxError(line, `FROM is written as "FROM image" or "FROM image AS name", not ${quoted(text)}.`),
    ];
  }
  if (/^[a-z][a-z0-9-_.]*$/i.test(name)) return [];
  return [
    syntaxError(line, `${quoted(name)} cannot be the name of a stage: letters, digits, "-", "_" and ".".`),
  ];
}

function triggerFaults({ trigger, line, text }: Instruction): DockerfileFinding[] {
  if (!trigger) return [syntaxError(line, `ONBUILD needs an instruction, not ${quoted(text)}.`)];
  if (['ONBUILD', 'FROM', 'MAINTAINER'].includes(trigger.keyword)) {
    return [syntaxError(line, `ONBUILD cannot keep a ${trigger.keyword}.`)];
  }
  return faultsOf(trigger);
}

/** Sources and destination of COPY and ADD: words, or a JSON array. */
export function paths(text: string): readonly string[] {
  if (text.startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (Array.isArray(parsed) && parsed.every((path) => typeof path === 'string')) return parsed;
    } catch {
      // As BuildKit has it: what is not valid JSON is taken for words.
    }
  }
  return words(text).map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
}
