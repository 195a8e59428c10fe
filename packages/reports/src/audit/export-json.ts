import { type Json, writeJson } from '@benchbook/model';
import type { TrailExport } from './export.ts';

/** One JSON document with all records, one on each line. */
export function jsonExport(): TrailExport {
  let first = true;
  return {
    begin: () => '{ "schema": "benchbook.audit-export/v1", "records": [\n',
    record(record) {
      const comma = first ? '' : ',\n';
      first = false;
      return comma + writeJson(record as unknown as Json);
    },
    end: () => `${first ? '' : '\n'}] }\n`,
  };
}
