import { isMap } from 'yaml';
import { loadErrors } from '../errors.ts';
import type { RequestStep } from './load-plan.ts';
import { invalid, readEntries, readMap, readText, required, type Setting, scalarOf } from './setting.ts';
import { vocabulary } from './vocabulary.ts';

const urlForm = 'a path that begins with "/", or a URL at the target';

/** One step of a flow: `get: /books`, or `get: { url, headers }`. */
export function parseStep(setting: Setting, target: URL | undefined): RequestStep {
  const get = required(readMap(setting, vocabulary.step), setting, 'get', urlForm);
  if (!isMap(get.node)) return { method: 'GET', path: parsePath(get, target), headers: {} };
  const fields = readMap(get, vocabulary.get);
  const headers = fields.get('headers');
  return {
    method: 'GET',
    path: parsePath(required(fields, get, 'url', urlForm), target),
    headers: headers ? parseHeaders(headers) : {},
  };
}

/** Artillery puts the target before what begins with "/", so a path in the target stays in front. */
function parsePath(setting: Setting, target: URL | undefined): string {
  const text = readText(setting, urlForm);
  const prefix = target ? target.pathname.replace(/\/$/, '') : '';
  const origin = target?.origin ?? 'http://target.invalid';
  const absolute = /^https?:\/\//i.test(text);
  if ((!absolute && !text.startsWith('/')) || !URL.canParse(absolute ? text : origin + prefix + text)) {
    throw invalid(setting, urlForm);
  }
  const url = new URL(absolute ? text : origin + prefix + text);
  if (url.origin !== origin) {
    const named = target ? `"${target.origin}"` : '(the file names none)';
    const details = {
      where: setting.file.where(setting.position),
      key: setting.key,
      url: text,
      target: named,
    };
    throw loadErrors.CATA_LOAD_URL_OUTSIDE_TARGET(details);
  }
  return url.pathname + url.search;
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-5.5: a value that could end its own line is refused. */
function parseHeaders(setting: Setting): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, { value }] of readEntries(setting)) {
    const scalar = scalarOf(value);
    const text = typeof scalar === 'number' || typeof scalar === 'boolean' ? String(scalar) : scalar;
    const isName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
    if (
      typeof text !== 'string' ||
      !isName ||
      !/^[\t\x20-\x7e\x80-\xff]*$/.test(text) ||
      text.includes('{{')
    ) {
      throw invalid(value, 'a header: a name of letters, digits and "-", and a text without {{ variables }}');
    }
    if (reservedHeaders.has(name.toLowerCase())) {
      throw invalid(value, 'left out: the generator itself writes this header');
    }
    headers[name] = text;
  }
  return headers;
}

/** How the message is framed and routed is the generator's business. */
const reservedHeaders = new Set(
  'connection content-length expect host keep-alive transfer-encoding upgrade'.split(' '),
);
