/** What one key costs: `npx vitest bench packages/engine-cedar`. */
import type { EngineSession } from '@benchbook/model';
import { bench, describe } from 'vitest';
import { KNOWN, sampleFiles } from './language/verbs.ts';
import { openSession, sourceFiles } from './support.ts';

const schema = sampleFiles('.cedarschema').get('support-desk/policies/desk.cedarschema')!;

function policies(count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `// Rule ${index}.
@id("rule-${index}")
@reason("amounts above ${index} wait for a person")
@eu_ai_act("14(1), 14(4)(d)")
forbid (
  principal,
  action == Action::"${index % 2 ? 'refund' : 'issue_voucher'}",
  resource
)
when { context.input.amount.greaterThan(decimal("${index}.00")) && context.session.calls < ${index} };
`,
  ).join('\n');
}

for (const count of [20, 5000])
  describe(`${count} policies`, async () => {
    const text = policies(count);
    const middle = text.indexOf('context.session.calls', text.length >> 1) + 'context.'.length;
    const session: EngineSession = await openSession();
    let keys = 0;
    const update = () => {
      keys = (keys % 40) + 1;
      const edited = text.slice(0, middle) + 'x'.repeat(keys) + text.slice(middle);
      const files = sourceFiles({ 'a.cedar': edited, 's.cedarschema': schema });
      session.update({ files, tools: [], agents: [], numbers: [] });
    };
    update();
    await session.snapshot();

    bench('update and snapshot', async () => {
      update();
      await session.snapshot();
    });
    bench('update and complete', () => {
      update();
      session.language.complete!('a.cedar', middle, KNOWN);
    });
    bench('update and tokens, symbols, folding', () => {
      update();
      session.language.tokens!('a.cedar');
      session.language.symbols!('a.cedar');
      session.language.folding!('a.cedar');
    });
  });
