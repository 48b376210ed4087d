import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { cliErrors } from '../errors.ts';

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

/** @throws CATA_SOURCE_DATE_EPOCH_INVALID */
export function readEnvironment(variables = process.env): Environment {
  const { XDG_CACHE_HOME: xdg, SOURCE_DATE_EPOCH: epoch } = variables;
  if (epoch !== undefined && !(/^\d+$/.test(epoch) && Number(epoch) <= latestMtime)) {
    throw cliErrors.CATA_SOURCE_DATE_EPOCH_INVALID({ text: epoch });
  }
  const homeFolder = homedir();
  return {
    variables,
    homeFolder,
    proxy: readProxy(variables),
    // "All paths set in these environment variables must be absolute. [… else] consider the path invalid".
    cacheFolder: join(xdg && isAbsolute(xdg) ? xdg : join(homeFolder, '.cache'), 'catamaran'),
    sourceDateEpoch: epoch === undefined ? undefined : Number(epoch),
  };
}

/** Lower case first, as curl has it: in CGI programs HTTP_PROXY is what a client has sent (https://httpoxy.org). */
function readProxy(variables: Readonly<Record<string, string | undefined>>): ProxyVariables {
  const read = (name: string) => variables[name.toLowerCase()] || variables[name] || undefined;
  const [http, https, noProxy] = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].map(read);
  return { ...(http ? { http } : {}), ...(https ? { https } : {}), ...(noProxy ? { noProxy } : {}) };
}
