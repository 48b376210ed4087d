/** What a process was started with, given by whoever may read it. */
export interface EngineEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the user's home folder. */
  readonly homeFolder: string;
}
