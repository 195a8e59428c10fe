import { digest, type LineColumnRange, type Severity } from '@benchbook/model';
import { prettyJson } from './json.ts';
import { markdownText } from './markdown.ts';
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
  /** What GitHub filters by, beside `policy`. */
  readonly tags?: readonly string[];
  /** 0 to 10, as GitHub ranks security findings; makes it one. */
  readonly security?: number;
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
  /** Where else it shows, e.g. the recorded call. */
  readonly related?: readonly (SarifPlace & { readonly message: string })[];
  /** Tells this finding from the others across runs; must not depend on line numbers. */
  readonly fingerprint: string;
}

const levels = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const;

/** GitHub shows no result without a place; what has none of its own is told on the manifest. */
const MANIFEST: SarifPlace = { file: 'benchbook.yaml' };

/** A SARIF 2.1.0 log of one run of `command`. Rules are those that findings name, sorted by id. */
export function sarifLog(command: string, findings: readonly SarifFinding[]): string {
  const rules = [...new Map(findings.map(({ rule }) => [rule.id, rule])).values()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  const indexes = new Map(rules.map((rule, index) => [rule.id, index]));
  return prettyJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Benchbook', rules: rules.map(ruleObject) } },
        automationDetails: { id: `benchbook/${command}/` },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultObject(finding, indexes.get(finding.rule.id)!)),
      },
    ],
  });
}

const problems = {
  error: 'error',
  warning: 'warning',
  info: 'recommendation',
  hint: 'recommendation',
} as const;

function ruleObject({ id, summary, help, severity, tags = [], security }: SarifRule) {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: `${summary} ${help}` },
    help: { text: help, markdown: markdownText(help) },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['policy', ...tags, ...(security === undefined ? [] : ['security'])],
      precision: 'very-high',
      'problem.severity': problems[severity],
      ...(security === undefined ? {} : { 'security-severity': security.toFixed(1) }),
    },
  };
}

function resultObject(
  { rule, severity, message, place, related, fingerprint }: SarifFinding,
  ruleIndex: number,
) {
  return {
    ruleId: rule.id,
    ruleIndex,
    level: levels[severity ?? rule.severity],
    message: { text: messageText(message) },
    locations: [{ physicalLocation: physicalLocation(place ?? MANIFEST) }],
    ...(related && related.length > 0
      ? {
          relatedLocations: related.map((one, index) => ({
            id: index + 1,
            message: { text: messageText(one.message) },
            physicalLocation: physicalLocation(one),
          })),
        }
      : {}),
    partialFingerprints: {
      'benchbook/v1': visible(fingerprint),
      // The one that GitHub goes by; it must not change with the line.
      primaryLocationLineHash: `${digest(fingerprint).slice(0, 16)}:1`,
    },
  };
}

/** In a message `[text](target)` is a link: text from outside must make none. */
function messageText(text: string): string {
  return visible(text).replaceAll('](', '] (');
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
