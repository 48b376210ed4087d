import Type from 'typebox';

/** What a JavaScript number holds exactly, and both databases store. */
export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

/** The `{id}` of a path. */
export const IdParams = Type.Object({ id: Id });
