import { findUser, type ImageUser } from '../../image/users.ts';
import type { Finding } from '../finding.ts';
import type { CheckedImage, ImageRule } from '../rule.ts';
import { Starter } from './runnable.ts';

/** What the image starts is there, and its user may start it. */
export const entrypointRule: ImageRule = {
  id: 'entrypoint',
  check(image) {
    const [command] = commandOf(image);
    // A base for others: it is not meant to start anything.
    if (command === undefined) return [];
    const { User: user = '' } = image.execution;
    const account = findUser(user, image);
    if (!account) return [fault(`its user "${user}" is not in its /etc/passwd and /etc/group`)];
    if (command === '') {
      return [fault('what it starts has no name: the first word of Entrypoint or Cmd is empty')];
    }
    const obstacle = new Starter(image, account).obstacle(command);
    if (!obstacle) return [];
    const { path, reason } = obstacle;
    const shell = isShellForm(image) ? ' (an Entrypoint or Cmd that is no list needs a shell)' : '';
    const isPath = path.startsWith('/');
    return [fault(`${isPath ? '' : `its command "${path}" `}${reason}${shell}`, isPath ? path : undefined)];
  },
  looksAt(image) {
    const [command] = commandOf(image);
    if (!command) return [];
    const nobody: ImageUser = { uid: 0, gids: [0] };
    const starter = new Starter(image, findUser(image.execution.User ?? '', image) ?? nobody);
    starter.obstacle(command);
    return [...starter.looked];
  },
};

/** The words that an image is started with. */
export function commandOf({ execution: { Entrypoint, Cmd } }: CheckedImage): readonly string[] {
  return [...(Entrypoint ?? []), ...(Cmd ?? [])];
}

/** Docker makes `["/bin/sh", "-c", …]` of it. */
function isShellForm(image: CheckedImage): boolean {
  const [command, option] = commandOf(image);
  return command === '/bin/sh' && option === '-c';
}

function fault(message: string, path?: string): Finding {
  return { rule: 'entrypoint', level: 'error', ...(path ? { path } : {}), message };
}
