import { digest, type Policy, type TextDocument, type TextRange } from '@benchbook/model';
import type { SetFacts } from '../toolchain/protocol.ts';
import type { Clause, DecisionRule, SetChoice } from './choose.ts';
import { controlsOf } from './controls.ts';
import { effectOf } from './roles.ts';

/** One policy with its place among the rules of its set. */
export interface RegoPolicy extends Policy {
  readonly rule: number;
  /** Its number among the clauses of the rule. */
  readonly clause: number;
}

/** The policies of a set, by file and then in document order. `readsOf` turns reads of `input` into reads of facts. */
export function policiesOf(
  set: SetChoice,
  facts: SetFacts,
  documentOf: (file: string) => TextDocument | undefined,
  readsOf: (input: readonly string[], builtins: readonly string[]) => readonly string[],
): RegoPolicy[] {
  const policies: (RegoPolicy & { at: number })[] = [];
  set.rules.forEach((rule, r) => {
    rule.clauses.forEach((clause, c) => {
      const document = documentOf(clause.file);
      const fact = facts.rules[r]?.clauses[c];
      if (!document || !fact) return;
      const name = nameOf(rule, c);
      policies.push({
        id: `${clause.file}#${name}`,
        name,
        file: clause.file,
        language: 'rego',
        effect: effectOf(rule.role),
        range: rangeOf(clause, document),
        digest: digest(`${rule.role} ${fact.digest}`),
        reads: readsOf(fact.reads, fact.builtins),
        ...controlsOf(clause.info.notes, documentOf),
        mentions: [...fact.mentions].sort(),
        rule: r,
        clause: c,
        at: clause.info.offset,
      });
    });
  });
  policies.sort((a, b) => (a.file === b.file ? a.at - b.at : a.file < b.file ? -1 : 1));
  return policies.map(({ at: _, ...policy }) => policy);
}

/** `package.rule`, with `[2]` from the second clause of the rule in its file on. */
function nameOf(rule: DecisionRule, index: number): string {
  const { file } = rule.clauses[index]!;
  const number = rule.clauses.slice(0, index + 1).filter((clause) => clause.file === file).length;
  return rule.path.join('.') + (number > 1 ? `[${number}]` : '');
}

/** The clause with the annotations that stand directly above it. */
function rangeOf({ info, file }: Clause, document: TextDocument): TextRange {
  let start = document.fromUtf8(info.offset);
  const end = document.fromUtf8(info.offset + info.length);
  const above = info.notes
    .filter((note) => note.file === file && (note.scope === 'rule' || note.scope === 'document'))
    .sort((a, b) => b.offset - a.offset);
  for (const note of above) {
    const between = document.text.slice(document.fromUtf8(note.end), start);
    if (note.end <= info.offset && between.trim() === '') start = document.fromUtf8(note.offset);
  }
  return { start, end };
}
