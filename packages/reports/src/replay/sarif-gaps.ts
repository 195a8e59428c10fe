import type { GapCode, GapReport, ReplayReport } from '@benchbook/model';
import type { SarifFinding, SarifRule } from '../format/sarif.ts';

/** Gaps are notes: what recordings show is no proof. */
export function gapFindings(report: ReplayReport): SarifFinding[] {
  return report.gaps.map((one) => ({
    rule: ruleOf(one.code),
    message: one.message,
    ...(one.file === undefined ? {} : { place: { file: one.file, range: one.range ?? null } }),
    fingerprint: fingerprintOf(one),
  }));
}

/** Of several conditions of one policy the message, which holds the condition, tells them apart. */
function fingerprintOf({ code, policy, tool, file, message }: GapReport): string {
  const about = policy ?? tool ?? file ?? '';
  return code.startsWith('condition-')
    ? `${code}:${about}:${/`[^`]*`/.exec(message)?.[0] ?? message}`
    : `${code}:${about}`;
}

function ruleOf(code: GapCode): SarifRule {
  const [summary, help] = words[code];
  return { id: code, summary, help, severity: 'info', tags: ['coverage'] };
}

const boundaryHelp =
  'Seen on recorded calls and on calls varied around the literals of conditions; no proof for other calls. Look whether the policies mean it, and record calls on both sides.';

const words: { readonly [code in GapCode]: readonly [summary: string, help: string] } = {
  'policy-never-applies': [
    'No recorded call exercises this policy.',
    'Nothing shows that the policy does what it says. Record or write a call that it applies to, or remove the policy.',
  ],
  'condition-never-true': [
    'A condition was never true.',
    'Nothing shows what happens where it holds. Record or write a call for which it is true, or drop the condition.',
  ],
  'condition-never-false': [
    'A condition was never false.',
    'Nothing shows that it keeps anything out. Record or write a call for which it is false, or drop the condition.',
  ],
  'policy-shadowed': [
    'Another policy decides wherever this one applies.',
    'Without it every recorded call would be decided the same. Narrow the other policy, or remove this one.',
  ],
  'permit-not-needed': [
    'No recorded call needs this permit.',
    'Without it every recorded call would be decided the same: a grant that could go.',
  ],
  'tool-not-mentioned': [
    'Agents use a tool that no policy mentions.',
    'What decides on it is written for tools in general. Write a policy that names it, or see that the general one means it.',
  ],
  'tool-not-used': [
    'A tool is granted and no agent uses it.',
    'A grant that nobody needs is one that can be misused. Take it back, or record calls that use it.',
  ],
  ALLOW_ALL: ['Every call that was tried is allowed.', boundaryHelp],
  ALLOW_NONE: ['No call that was tried is allowed.', boundaryHelp],
  DENY_ALL: ['Every call that was tried is denied.', boundaryHelp],
  DENY_NONE: ['No call that was tried is denied.', boundaryHelp],
};
