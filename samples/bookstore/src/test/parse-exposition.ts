/** A line of what `/metrics` answers. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Exposition {
  /** By name: counter, gauge, histogram. */
  readonly types: ReadonlyMap<string, string>;
  readonly samples: readonly Sample[];
}

/**
 * Reads the text format of Prometheus, strictly.
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function parseExposition(text: string): Exposition {
  const types = new Map<string, string>();
  const samples: Sample[] = [];
  if (!text.endsWith('\n')) throw new Error('The last line does not end.');
  for (const line of text.split('\n')) {
    const [, name, type] = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram)$/.exec(line) ?? [];
    if (name && type) types.set(name, type);
    else if (line !== '' && !line.startsWith('#')) samples.push(parseSample(line));
  }
  return { types, samples };
}

function parseSample(line: string): Sample {
  const [, name, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  const number = value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value);
  if (!name || Number.isNaN(number)) throw new Error(`This is no sample: ${line}`);
  const pairs = [...labels.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/g)];
  if (pairs.map(([pair]) => pair).join('') !== labels) throw new Error(`These are no labels: ${line}`);
  return {
    name,
    labels: Object.fromEntries(pairs.map(([, key = '', text = '']) => [key, text.replace(/\\(.)/g, '$1')])),
    value: number,
  };
}
