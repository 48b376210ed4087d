import { findUser } from '../image/users.ts';
import { commandOf } from './entrypoint/entrypoint.ts';
import type { ImageRule } from './rule.ts';

/** The service has no right that it does not need. */
export const rootUserRule: ImageRule = {
  id: 'root-user',
  check(image) {
    // What starts nothing is a base for others, which have to be able to install something.
    if (commandOf(image).length === 0) return [];
    const { User: user = '' } = image.execution;
    if (findUser(user, image)?.uid !== 0) return [];
    const message =
      user === '' ? 'no user is set, so it runs as root' : `its user is "${user}", which is root`;
    return [{ rule: 'root-user', level: 'warning', message }];
  },
};
