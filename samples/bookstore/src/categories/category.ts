import Type, { type Static } from 'typebox';
import { Name } from '../api/text.ts';

/** What a client sends to add or replace a category. */
export const CategoryInput = Type.Object({ name: Name }, { additionalProperties: false });
export type CategoryInput = Static<typeof CategoryInput>;

export const Category = Type.Object({ id: Type.Integer(), name: Type.String() });
export type Category = Static<typeof Category>;
