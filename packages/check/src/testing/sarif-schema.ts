import { createRequire } from 'node:module';
import Ajv from 'ajv-draft-04';

const require = createRequire(import.meta.url);

/** What is wrong with a document, by the official schema of SARIF 2.1.0; undefined where nothing is. */
export function sarifFaults(document: unknown): string | undefined {
  const schema: object = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const ajv = new Ajv.default({
    strict: false,
    // One of the schema's patterns is none with the flag "u".
    unicodeRegExp: false,
    allErrors: true,
    formats: {
      uri: (text: string) => URL.canParse(text),
      'uri-reference': (text: string) => URL.canParse(text, 'file:///'),
      'date-time': true,
    },
  });
  const validate = ajv.compile(schema);
  return validate(document) ? undefined : ajv.errorsText(validate.errors, { separator: '\n' });
}
