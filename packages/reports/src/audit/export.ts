import type { TrailRecord } from '@benchbook/model';
import { csvExport } from './export-csv.ts';
import { jsonExport } from './export-json.ts';
import { ocsfExport } from './export-ocsf.ts';

/** One export, written record by record: a trail may be larger than memory. */
export interface TrailExport {
  begin(): string;
  /** Empty where the format has no place for the record. */
  record(record: TrailRecord): string;
  end(): string;
}

/** A new export of each format. */
export const auditExports: { readonly [format: string]: () => TrailExport } = {
  csv: csvExport,
  json: jsonExport,
  ocsf: ocsfExport,
};
