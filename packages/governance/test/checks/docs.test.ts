import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryTree, repositoryRoot } from '@benchbook/testkit';
import { loadWorkspace } from '@benchbook/workspace';
import { expect, test } from 'vitest';
import { readRegistry } from '../../src/index.ts';
import { CARD, findingsOf } from './workspace.ts';

const page = readFileSync(join(repositoryRoot, 'docs/agents.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text!);

test('the card of the page is right in every member', async () => {
  const card = blocks('yaml')[0]!.replace(
    /sha256: (\w{4})\.\.\./g,
    (_, start) => `sha256: ${start}${'0a'.repeat(30)}`,
  );
  const tree = memoryTree({ 'agents/a.yaml': card });
  const { agents, diagnostics } = readRegistry(await loadWorkspace(tree, []));
  expect(diagnostics).toEqual([]);
  expect(agents[0]!.tier).toEqual({
    derived: 'critical',
    stated: 'critical',
    reason: null,
    effective: 'critical',
  });
});

test('the checks of the page load and find what they say', async () => {
  const [, manifest, house] = blocks('yaml');
  const files = {
    'benchbook.yaml': manifest!,
    'governance/checks/house-owner.cel.yaml': house!,
    'governance/checks/a.cedar': blocks('cedar')[0]!,
    'governance/checks/a.rego': blocks('rego')[0]!,
    'agents/bot.yaml': `${CARD}model: other-1\n`,
  };
  const found = await findingsOf({ files });
  expect(found.map(({ severity, message }) => `${severity} ${message}`).sort()).toEqual([
    'error only models of the house',
    'error the owner is outside of the house: name a team of ours',
    'error two people must be able to approve',
  ]);
});
