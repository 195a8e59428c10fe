import type { LineColumnRange, Severity } from '@benchbook/model';
import { prettyJson } from './json.ts';
import { uriReference } from './uri.ts';
import { visible } from './visible.ts';

/** One SARIF rule: what a finding of this kind means and what to do. */
export interface SarifRule {
  readonly id: string;
  /** One sentence. */
  readonly summary: string;
  /** Why it matters and what to do. */
  readonly help: string;
  readonly severity: Severity;
}

/** A place in a file of the workspace. */
export interface SarifPlace {
  readonly file: string;
  readonly range?: LineColumnRange | null;
  /** Where only the line is known. */
  readonly line?: number;
}

export interface SarifFinding {
  readonly rule: SarifRule;
  readonly severity?: Severity;
  readonly message: string;
  readonly place?: SarifPlace;
  /** Where it shows, e.g. the recorded call. */
  readonly related?: SarifPlace & { readonly message: string };
  /** Tells this finding from the others across runs; must not depend on line numbers. */
  readonly fingerprint: string;
}

const levels = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const;

/** A SARIF 2.1.0 log of one run. Rules are those that findings name, sorted by id. */
export function sarifLog(findings: readonly SarifFinding[]): string {
  const rules = [...new Map(findings.map(({ rule }) => [rule.id, rule])).values()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  return prettyJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Benchbook', rules: rules.map(ruleObject) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultObject(finding, rules)),
      },
    ],
  });
}

function ruleObject(rule: SarifRule) {
  return {
    id: rule.id,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.help },
    help: { text: rule.help },
    defaultConfiguration: { level: levels[rule.severity] },
  };
}

function resultObject(finding: SarifFinding, rules: readonly SarifRule[]) {
  const { place, related } = finding;
  return {
    ruleId: finding.rule.id,
    ruleIndex: rules.findIndex((rule) => rule.id === finding.rule.id),
    level: levels[finding.severity ?? finding.rule.severity],
    message: { text: visible(finding.message) },
    ...(place ? { locations: [{ physicalLocation: physicalLocation(place) }] } : {}),
    ...(related
      ? {
          relatedLocations: [
            {
              id: 1,
              message: { text: visible(related.message) },
              physicalLocation: physicalLocation(related),
            },
          ],
        }
      : {}),
    partialFingerprints: { 'benchbook/v1': visible(finding.fingerprint) },
  };
}

function physicalLocation(place: SarifPlace) {
  const region = regionObject(place);
  return { artifactLocation: { uri: uriReference(place.file) }, ...(region ? { region } : {}) };
}

function regionObject({ range, line }: SarifPlace) {
  if (range)
    return {
      startLine: range.start.line,
      startColumn: range.start.column,
      endLine: range.end.line,
      endColumn: range.end.column,
    };
  return line === undefined ? undefined : { startLine: line };
}
