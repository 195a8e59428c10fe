/** What a format of the replay report needs beyond the report itself. */
export interface ReportNeeds {
  /** An entry per call. */
  readonly decisions?: true;
  /** Texts of policy files. */
  readonly sources?: true;
}

/** By the name that `--format` takes; a format without an entry needs nothing more. */
export const replayNeeds: { readonly [format: string]: ReportNeeds } = {
  junit: { decisions: true },
  'in-toto': { decisions: true },
  html: { decisions: true, sources: true },
};
