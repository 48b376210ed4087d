import { posix } from 'node:path';
import { searchPath } from '@catamaran/build/native';
import { mayExecute } from '../../image/may.ts';
import type { ImageUser } from '../../image/users.ts';
import type { CheckedImage } from '../rule.ts';

/** Why something cannot be started: to be read after its path. */
export interface Obstacle {
  /** Absolute in the image. */
  readonly path: string;
  readonly reason: string;
}

/** As Linux allows of scripts that are interpreted by scripts. */
const maxScripts = 5;

/** Looks through an image as the kernel and the engine would when a program is started. */
export class Starter {
  readonly #image: CheckedImage;
  readonly #user: ImageUser;
  /** Every path that was looked at, without a leading slash: what it finds depends on these alone. */
  readonly looked = new Set<string>();

  constructor(image: CheckedImage, user: ImageUser) {
    this.#image = image;
    this.#user = user;
  }

  /** The first thing that is in the way of a command, by its path or by its name on PATH. */
  obstacle(command: string, depth = 0): Obstacle | undefined {
    if (command.includes('/')) return this.#fileObstacle(this.#absolute(command), depth);
    const candidates = this.#folders().map((folder) => posix.join(folder, command));
    const present = candidates.filter((path) => this.#resolve(path)?.type === 'file');
    const found = present.find((path) => this.#accessObstacle(path) === undefined) ?? present[0];
    if (found) return this.#fileObstacle(found, depth);
    return { path: command, reason: `is in no folder of PATH (${this.#folders().join(':')})` };
  }

  #folders(): string[] {
    return searchPath(this.#image.execution)
      .split(':')
      .filter((folder) => folder.startsWith('/'));
  }

  #absolute(path: string): string {
    return posix.resolve('/', this.#image.execution.WorkingDir || '/', path);
  }

  #fileObstacle(path: string, depth: number): Obstacle | undefined {
    const denied = this.#accessObstacle(path);
    if (denied) return { path, reason: denied };
    return this.#contentObstacle(path, depth);
  }

  /** Why a file cannot be executed, whatever is in it. */
  #accessObstacle(path: string): string | undefined {
    const found = this.#resolve(path);
    if (!found) {
      const isLink = this.#image.get(path.slice(1))?.type === 'symlink';
      return isLink ? 'is a link that leads nowhere' : 'is not in the image';
    }
    if (found.type === 'directory') return 'is a folder';
    if (found.type !== 'file') return 'is no file';
    const closed = foldersAbove(found.path).find((folder) => {
      const entry = this.#image.get(folder);
      return entry && this.#user.uid !== 0 && !mayExecute(entry, this.#user);
    });
    if (closed) return `is in /${closed}, which user ${this.#user.uid} may not enter`;
    if (mayExecute(found, this.#user)) return undefined;
    const bits = (found.mode & 0o777).toString(8).padStart(4, '0');
    return `may not be executed by user ${this.#user.uid} (mode ${bits})`;
  }

  #contentObstacle(path: string, depth: number): Obstacle | undefined {
    const found = this.#resolve(path);
    if (!found) return undefined;
    const scan = this.#image.layers[found.layerIndex]?.scan;
    const isHere = (file: { readonly path: string }) => file.path === found.path;
    if (!scan || this.#image.elf(path) || scan.broken.some(isHere)) return undefined;
    if (scan.foreign.some(isHere)) return { path, reason: 'is a program for another operating system' };
    if (found.sizeBytes === 0) return { path, reason: 'is empty' };
    const script = scan.scripts.find(isHere);
    if (!script)
      return { path, reason: 'is neither a program nor a script whose first line names one ("#!…")' };
    if (depth >= maxScripts) return { path, reason: 'is a script for a script, without an end' };
    return this.#scriptObstacle(path, script.line, depth + 1);
  }

  #scriptObstacle(path: string, line: string, depth: number): Obstacle | undefined {
    const [, interpreter = '', argument = ''] = /^[ \t]*(\S*)[ \t]*(.*?)[ \t]*$/s.exec(line) ?? [];
    const named = `is a script for "${line.trim()}"`;
    if (line.endsWith('\r')) {
      return {
        path,
        reason: `${named} with Windows’ line endings, and so for a program whose name ends in one`,
      };
    }
    if (interpreter === '') return { path, reason: 'is a script that names no interpreter' };
    const command = interpreter.includes('/') ? interpreter : `./${interpreter}`;
    const missing = this.obstacle(command, depth) ?? this.#envObstacle(command, argument, depth);
    return missing && { path, reason: `${named}, but ${missing.path} ${missing.reason}` };
  }

  /** `#!/usr/bin/env node`: the program is looked up on PATH. env(1) */
  #envObstacle(interpreter: string, argument: string, depth: number): Obstacle | undefined {
    if (posix.basename(interpreter) !== 'env' || argument === '') return undefined;
    const isSplit = /^(?:-\S*S|--split-string)/.test(argument);
    const words = isSplit ? argument.replace(/^(?:-\S*S|--split-string)=?\s*/, '').split(/\s+/) : [argument];
    const program = words.find((word) => !word.startsWith('-') && !word.includes('='));
    return program === undefined ? undefined : this.obstacle(program, depth);
  }

  #resolve(path: string) {
    this.looked.add(path.slice(1));
    const found = this.#image.resolve(path);
    if (found) this.looked.add(found.path);
    return found;
  }
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}
