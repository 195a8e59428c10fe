/** How a report is to be written. */
export interface ReporterOptions {
  /** ANSI colours; only where a person looks at a terminal. */
  readonly color: boolean;
  /** Columns of the terminal; text reports keep within them. */
  readonly width: number;
  /** Text of a policy file, for reports that show it. Absent: none is to be had. */
  readonly sources?: (file: string) => string | undefined;
}

/** A result to text that ends in a line feed. Pure: same report and options, same bytes. */
export type Reporter<Report> = (report: Report, options: ReporterOptions) => string;

/** Reporters of one command by the name that `--format` takes. */
export type Reporters<Report> = { readonly [format: string]: Reporter<Report> };
