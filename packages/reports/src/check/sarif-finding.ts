import type { DiagnosticReport } from '@benchbook/model';
import type { SarifFinding } from '../format/sarif.ts';

/** A diagnostic as a SARIF finding; the rule is its code. */
export function diagnosticFinding(one: DiagnosticReport): SarifFinding {
  const words = one.code.replaceAll('-', ' ');
  const summary = `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  return {
    rule: {
      id: one.code,
      summary,
      help: 'benchbook check tells it with file, line and column.',
      severity: one.severity,
    },
    severity: one.severity,
    message: one.message,
    place: { file: one.file, range: one.range },
    fingerprint: `${one.code}:${one.file}:${one.message}`,
  };
}
