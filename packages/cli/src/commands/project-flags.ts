export interface OutputFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What the commands that build a project have in common. */
export interface ProjectFlags extends OutputFlags {
  readonly layout: string;
  /** As they were given; none means the configuration's. */
  readonly platform?: readonly string[];
}

export interface CheckReportFlags {
  /** A path. */
  readonly checkReport?: string;
}
