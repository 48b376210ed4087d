import Type from 'typebox';

/**
 * A text that every database stores as it is: PostgreSQL takes no NUL, and half of a surrogate pair has no UTF-8.
 * With the flag "u", which JSON Schema asks for, the second range means lone halves only.
 */
const storable = '^[^\\u0000\\ud800-\\udfff]*$';

export function Text(minLength: number, maxLength: number, description?: string) {
  return Type.String({ minLength, maxLength, pattern: storable, ...(description ? { description } : {}) });
}

/** The name of a book, an author, a category or a customer; an address. */
export const Name = Text(2, 150);

/** What is searched for. */
export const Term = Text(1, 150, 'Found anywhere in the text, in upper or lower case.');
