import Type from 'typebox';

/**
 * The `{id}` of a path. It stays a text until it is known to be a number and nothing else: turning "1.5" or
 * "true" into an integer would find number 1. Fifteen digits are what a JavaScript number holds exactly.
 */
export const IdParams = Type.Object({
  id: Type.Refine(
    Type.String(),
    (text) => /^[1-9][0-9]{0,14}$/.test(text),
    () => 'must be a positive whole number',
  ),
});
