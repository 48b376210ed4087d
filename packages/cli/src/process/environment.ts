import { homedir } from 'node:os';
import { cliErrors } from '../errors.ts';
import { cacheFolderOf } from '../repeat/build-record.ts';

/** As people write them, for what goes out of this machine. */
export interface ProxyVariables {
  readonly http?: string;
  readonly https?: string;
  readonly noProxy?: string;
}

/** The only place that reads the process's environment. */
export interface Environment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** https://specifications.freedesktop.org/basedir-spec/latest/ */
  readonly cacheFolder: string;
  /** Absolute. */
  readonly homeFolder: string;
  readonly proxy: ProxyVariables;
  /** Seconds; https://reproducible-builds.org/specs/source-date-epoch/ */
  readonly sourceDateEpoch: number | undefined;
}

/** In the year 2242: what the 11 octal digits of a tar header hold. */
const latestMtime = 0o77777777777;

/** What stands for the home of who has none: nothing is in it, and nobody can put anything there. */
const noHome = '/dev/null';

/** @throws CATA_SOURCE_DATE_EPOCH_INVALID */
export function readEnvironment(variables = process.env, findHome = homedir): Environment {
  const { SOURCE_DATE_EPOCH: epoch } = variables;
  if (epoch !== undefined && !(/^\d+$/.test(epoch) && Number(epoch) <= latestMtime)) {
    throw cliErrors.CATA_SOURCE_DATE_EPOCH_INVALID({ text: epoch });
  }
  const homeFolder = homeOf(variables, findHome);
  return {
    variables,
    homeFolder,
    proxy: readProxy(variables),
    cacheFolder: cacheFolderOf(variables, homeFolder),
    sourceDateEpoch: epoch === undefined ? undefined : Number(epoch),
  };
}

/**
 * In containers, users often are a number alone: without HOME, and without an entry in /etc/passwd that names one.
 * Then HOME is set, for libraries (npm's) that ask for the home as soon as they are loaded.
 */
function homeOf(variables: NodeJS.ProcessEnv, findHome: () => string): string {
  try {
    return findHome();
  } catch {
    variables.HOME = noHome;
    return noHome;
  }
}

/** Lower case first, as curl has it: in CGI programs HTTP_PROXY is what a client has sent (https://httpoxy.org). */
function readProxy(variables: Readonly<Record<string, string | undefined>>): ProxyVariables {
  const read = (name: string) => variables[name.toLowerCase()] || variables[name] || undefined;
  const [http, https, noProxy] = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].map(read);
  return { ...(http ? { http } : {}), ...(https ? { https } : {}), ...(noProxy ? { noProxy } : {}) };
}
