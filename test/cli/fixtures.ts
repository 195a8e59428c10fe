import { type Call, type Json, writeJson } from '@benchbook/model';

/** One native line; whatever is not given has a plain default. */
export function line(changes: Partial<Record<keyof Call, Json>> = {}): string {
  return writeJson({
    v: 1,
    session: 's1',
    seq: 0,
    ts: '2026-05-01T10:00:00Z',
    agent: { id: 'bot' },
    tool: { name: 'refund', server: 'payments' },
    args: { amount: 40 },
    result: { status: 'ok' },
    ...changes,
  });
}

/** `count` calls of one session with the given arguments in turn. */
export function session(args: readonly Json[], changes: Partial<Record<keyof Call, Json>> = {}): string {
  return `${args.map((value, seq) => line({ seq, args: value, ...changes })).join('\n')}\n`;
}

/** Allows up to 100, denies above 1,000, and is silent between. */
export const CEDAR = `@id("small")
permit (principal, action == Action::"refund", resource)
when { context.input.amount <= 100 };

@id("limit")
@reason("refunds above 1,000 are never paid")
forbid (principal, action == Action::"refund", resource)
when { context.input.amount > 1000 };
`;

export const CEL = `name: refunds
rule:
  id: refunds
  match:
    - id: large
      condition: args.amount > 1000
      output: "'deny'"
    - id: small
      condition: args.amount <= 100
      output: "'allow'"
`;

export const REGO = `package refunds

default allow := false

allow if input.args.amount <= 100

deny contains "refunds above 1,000 are never paid" if input.args.amount > 1000
`;

/** The same limits in each language. */
export const LANGUAGES: readonly (readonly [name: string, file: string, text: string])[] = [
  ['Cedar', 'policies/refunds.cedar', CEDAR],
  ['CEL', 'policies/refunds.cel.yaml', CEL],
  ['Rego', 'policies/refunds.rego', REGO],
];
