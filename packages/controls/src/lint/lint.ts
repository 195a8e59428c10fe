import type { Diagnostic } from '@benchbook/model';
import { compareText } from '../text/natural.ts';
import type { LintInput } from './input.ts';
import { controlRules } from './rules/index.ts';
import { lintRun, viewPolicy } from './view.ts';

/**
 * Holds the controls of policies against the catalogs, the profile and what was exercised. Findings stand at the
 * tag, or at the policy where it has none; sorted by place; none is fatal. Never throws for what users wrote.
 */
export function lintControls(input: LintInput): readonly Diagnostic[] {
  const run = lintRun(input);
  const diagnostics = input.policies.flatMap((policy) => {
    const view = viewPolicy(policy, run);
    return controlRules.flatMap((rule) =>
      rule.check(view, run).map(
        ({ at, message, severity }): Diagnostic => ({
          code: rule.code,
          severity: severity ?? rule.severity,
          message,
          file: at.file,
          range: at.range,
        }),
      ),
    );
  });
  return distinct(diagnostics).sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      a.range!.start - b.range!.start ||
      a.range!.end - b.range!.end ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
}

/** A tag that several policies inherit (a package's annotation) is told once. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const one of diagnostics) {
    const key = JSON.stringify([one.file, one.range!.start, one.range!.end, one.code, one.message]);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}
