import type { MatchNode, PolicyNode, RuleNode } from '../../policy/nodes.ts';
import type { SourceExpression } from '../../policy/scalar.ts';
import { outlineYaml } from '../yaml/outline.ts';
import { type CaseOutline, outlinePolicy, type RuleOutline } from './policy.ts';
import { type Site, TreeCache } from './site.ts';

/** What can be read of a policy whose YAML is broken, so that the expressions in it are checked all the same. */
export function outlinedPolicy(text: string): PolicyNode | null {
  const { name, rule } = outlinePolicy(outlineYaml(text), text, '', new TreeCache());
  return rule && { name: name?.text ?? null, rule: ruleNode(rule) };
}

function ruleNode(rule: RuleOutline): RuleNode {
  return {
    id: rule.id?.text ?? null,
    semantic: rule.semantic,
    variables: rule.variables.flatMap(({ name, expression, range }) => {
      const source = sourceOf(expression);
      return name && source ? [{ name: name.text, range, expression: source }] : [];
    }),
    matches: rule.cases.map(matchNode),
    range: rule.range,
  };
}

function matchNode(entry: CaseOutline): MatchNode {
  return {
    id: entry.id?.text ?? null,
    condition: sourceOf(entry.condition),
    output: sourceOf(entry.output),
    explanation: sourceOf(entry.explanation),
    rule: entry.nested && ruleNode(entry.nested),
    range: entry.range,
  };
}

/** A quote that is not closed is told by YAML: what stands behind it is no whole expression. */
function sourceOf(site: Site | null): SourceExpression | null {
  return site?.isClosed ? site.source : null;
}
