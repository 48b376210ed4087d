import Type from 'typebox';
import { Problem } from '../problem/problem.ts';

const problem = {
  description: 'What is wrong, and with which field.',
  content: { 'application/problem+json': { schema: Problem } },
};

/** Every route may also answer with a problem. */
export const problems = { '4xx': problem, '5xx': problem };

export const nothing = Type.Null({ description: 'It is gone.' });
