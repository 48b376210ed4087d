import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { loadErrors } from '../errors.ts';
import type { LoadFile } from './load-file.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A value in a load file, with the key path that leads to it: `config.phases[0].duration`. */
export interface Setting {
  readonly file: LoadFile;
  readonly key: string;
  /** Undefined where a key stands alone, without a value. */
  readonly node: Node | undefined;
  /** What errors point at: the value, the alias in its place, or the key that has none. */
  readonly position: Node | undefined;
}

/** The settings under a mapping. Keys that are not in the vocabulary are errors: nothing is left out silently. */
export function readMap(setting: Setting, words: Vocabulary): ReadonlyMap<string, Setting> {
  const found = readEntries(setting);
  for (const [name, { keyNode }] of found) {
    if (words.supported.includes(name)) continue;
    const details = {
      where: setting.file.where(keyNode),
      key: childKey(setting, name),
      supported: words.supported.join(', '),
    };
    throw words.artilleryOnly.includes(name)
      ? loadErrors.CATA_LOAD_KEY_UNSUPPORTED(details)
      : loadErrors.CATA_LOAD_KEY_UNKNOWN(details);
  }
  return new Map([...found].map(([name, entry]) => [name, entry.value]));
}

/** The entries of a mapping whose keys are free, as headers are. */
export function readEntries(
  setting: Setting,
): ReadonlyMap<string, { readonly keyNode: Node; readonly value: Setting }> {
  const { file, node } = setting;
  if (!isMap<Node, Node | null>(node)) throw invalid(setting, 'a mapping of keys to values');
  return new Map(
    node.items.map(({ key, value }) => {
      const name = String(isScalar(key) ? key.value : key);
      const node = file.resolve(value ?? undefined);
      return [
        name,
        { keyNode: key, value: { file, key: childKey(setting, name), node, position: value ?? key } },
      ];
    }),
  );
}

/** The items of a list that must not be empty. */
export function readList(setting: Setting, expected: string): readonly Setting[] {
  const { file, key, node } = setting;
  if (!isSeq<Node>(node) || node.items.length === 0) throw invalid(setting, expected);
  return node.items.map((item, index) => {
    return { file, key: `${key}[${index}]`, node: file.resolve(item), position: item };
  });
}

/** A text without Artillery's `{{ variables }}`, which nothing here would fill in. */
export function readText(setting: Setting, expected: string): string {
  const value = scalarOf(setting);
  if (typeof value !== 'string' || value === '' || value.includes('{{')) {
    throw invalid(setting, `${expected}, without {{ variables }}`);
  }
  return value;
}

export function readPositiveNumber(setting: Setting, expected: string): number {
  const value = scalarOf(setting);
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) throw invalid(setting, expected);
  return value;
}

export function required(
  settings: ReadonlyMap<string, Setting>,
  parent: Setting,
  name: string,
  expected: string,
): Setting {
  const setting = settings.get(name);
  if (setting) return setting;
  const details = { where: parent.file.where(parent.position), key: childKey(parent, name), expected };
  throw loadErrors.CATA_LOAD_KEY_MISSING(details);
}

export function scalarOf(setting: Setting): unknown {
  return isScalar(setting.node) ? setting.node.value : undefined;
}

export function invalid(setting: Setting, expected: string) {
  return loadErrors.CATA_LOAD_VALUE_INVALID({
    where: setting.file.where(setting.position),
    key: setting.key || '(the whole file)',
    actual: describe(setting),
    expected,
  });
}

function describe({ node }: Setting): string {
  if (isMap(node)) return node.items.length === 0 ? 'an empty mapping' : 'a mapping';
  if (isSeq(node)) return node.items.length === 0 ? 'an empty list' : 'a list';
  if (!isScalar(node) || node.value === null) return 'empty';
  return JSON.stringify(node.value) ?? String(node.value);
}

function childKey(parent: Setting, name: string): string {
  return parent.key === '' ? name : `${parent.key}.${name}`;
}

export function parseName(fields: ReadonlyMap<string, Setting>): string | undefined {
  const name = fields.get('name');
  return name && readText(name, 'a text');
}
