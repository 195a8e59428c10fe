/** What an editor asks: does the text that is being typed flip recorded calls against the last commit? */
import { diff, policyLoader, prepareWorkspace } from '@benchbook/core';
import { engines } from '@benchbook/engines';
import { nodeByteSource, nodeFileTree } from '@benchbook/host/node';
import { repositoryRoot, sourceAssets } from '@benchbook/testkit';
import { loadWorkspace, overlayTree } from '@benchbook/workspace';
import { expect, test } from 'vitest';

test('the diff of unsaved text is plain data', async () => {
  const root = `${repositoryRoot}/samples/support-desk`;
  const manifests = engines.map(({ manifest }) => manifest);
  const tree = nodeFileTree(root);
  const saved = await loadWorkspace(tree, manifests);
  const path = 'policies/refunds.cedar';
  const text = saved.policyFiles.find((file) => file.path === path)!.text;
  const typed = new Map([[path, text.replace('decimal("150.00")', 'decimal("300.00")')]]);
  const unsaved = await loadWorkspace(overlayTree(tree, typed), manifests);
  const loader = policyLoader(engines, sourceAssets(), () => ({}));
  try {
    const recordings = saved.tracePaths.map((trace) => nodeByteSource(root, trace));
    const base = await prepareWorkspace(saved, loader, recordings);
    const head = await prepareWorkspace(unsaved, loader, recordings);
    const report = await diff({ base, head }, recordings, { name: 'HEAD' });
    expect(structuredClone(report)).toEqual(report);
    expect(
      report.groups.map(({ policy, byKind, conditions }) => [policy, byKind, conditions[0]!.because]),
    ).toEqual([
      [
        'policies/refunds.cedar#refund-above-150',
        { 'escalate->allow': 2 },
        '`context.input.amount.greaterThan(decimal("150.00"))` became `context.input.amount.greaterThan(decimal("300.00"))`',
      ],
    ]);
  } finally {
    loader.close();
  }
});
