import type { Answer } from './call.ts';

/** For what a registry has no API for: no error of the specification's form, as the CNCF's registry has it. */
export function notFound(): Answer {
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  return { status: 404, headers, body: Buffer.from('404 page not found\n') };
}
