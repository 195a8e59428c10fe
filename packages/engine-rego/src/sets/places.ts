import type { Condition, Statement, TextDocument, TextRange } from '@benchbook/model';
import type { ConditionInfo, PlaceInfo, SetFacts } from '../toolchain/protocol.ts';
import type { RegoPolicy } from './policies.ts';

/** The places of a set that a request exercises or not, in the toolchain's order. */
export interface Places {
  readonly conditions: readonly Condition[];
  readonly statements: readonly Statement[];
}

/** `verbatim`: `input` is the call itself, so that a pointer below it is one into the facts. */
export function placesOf(
  facts: Pick<SetFacts, 'conditions' | 'statements'>,
  policies: readonly RegoPolicy[],
  documentOf: (file: string) => TextDocument | undefined,
  verbatim: boolean,
): Places {
  const owners = new Map(policies.map(({ rule, clause }, index) => [`${rule} ${clause}`, index]));
  return {
    conditions: facts.conditions.map((info): Condition => {
      return {
        file: info.file,
        range: rangeOf(info, documentOf),
        policy: owners.get(`${info.rule} ${info.clause}`) ?? null,
        parent: null,
        ...(verbatim && compared(info)),
      };
    }),
    statements: facts.statements.map((info) => ({ file: info.file, range: rangeOf(info, documentOf) })),
  };
}

function compared({ comparison }: ConditionInfo): Pick<Condition, 'comparison'> | undefined {
  return comparison && { comparison };
}

function rangeOf(
  { file, offset, length }: PlaceInfo,
  documentOf: (file: string) => TextDocument | undefined,
): TextRange {
  const document = documentOf(file);
  if (!document) return { start: 0, end: 0 };
  return { start: document.fromUtf8(offset), end: document.fromUtf8(offset + length) };
}
