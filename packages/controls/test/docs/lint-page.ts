import { type ControlRule, controlRules, type RuleExample } from '../../src/index.ts';
import { GENERATED, page, table } from './table.ts';

/** `docs/controls/lint.md`. */
export function lintPage(): string {
  return page(
    GENERATED,
    '# What is said about controls',
    'A finding is silenced where it stands, with a reason (`benchbook-ignore CODE: reason`), or for the workspace under `diagnostics` in `benchbook.yaml`. What recordings and tests show of a policy is judged only where they were run.',
    table(
      ['code', 'severity', 'what is wrong'],
      controlRules.map(({ code, severity, summary }) => [
        `[\`${code}\`](#${anchor(code)})`,
        severity,
        summary,
      ]),
    ),
    ...controlRules.flatMap(section),
  );
}

function anchor(code: string): string {
  return code.replace('/', '');
}

function section(rule: ControlRule): readonly string[] {
  return [
    `## ${rule.code}`,
    `${rule.summary} ${rule.why}`,
    'Not so:',
    block(rule.bad),
    `> ${rule.severity}: ${rule.message}`,
    'But so:',
    block(rule.good),
  ];
}

function block(example: RuleExample): string {
  const { controls, effect, mode, layer, text, exemption, exercised, editions, profile } = example;
  const list = Object.entries(profile ?? {}).map(([key, value]) => `${key}: ${value}`);
  const lines = [
    editions && `# benchbook.yaml: controls: [${editions.join(', ')}]`,
    profile && `# benchbook.yaml: profile: { ${list.join(', ')} }`,
    effect &&
      `# a policy that ${effect === 'permit' ? 'permits' : effect === 'forbid' ? 'forbids' : 'escalates'}`,
    mode === 'audit' && '# a policy on trial',
    layer && layer !== 'runtime' && `# a check at ${layer} time`,
    exercised &&
      `# applied on ${exercised.applied} calls, silent on ${exercised.silent}${exercised.shadowed ? ', always shadowed' : ''}`,
    exercised?.tests && `# tests: ${exercised.tests.join(', ')}`,
    text && `# ${text}`,
    exemption !== undefined && `@controls none${exemption === '' ? '' : `: ${exemption}`}`,
    controls.length > 0 && `@controls ${controls.join(', ')}`,
    controls.length === 0 && exemption === undefined && '# a policy without controls',
  ];
  return ['```text', ...lines.filter((line) => typeof line === 'string'), '```'].join('\n');
}
