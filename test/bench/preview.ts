/**
 * The live preview with many recorded calls: from an edit to the first refreshed part, to the complete preview, the
 * longest time without a pause, and the memory that calls take.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type PreparedWorkspace, policyLoader, prepareWorkspace } from '@benchbook/core';
import { engines } from '@benchbook/engines';
import { nodeByteSource, nodeFileTree } from '@benchbook/host/node';
import type { Preview } from '@benchbook/model';
import { sourceAssets } from '@benchbook/testkit';
import { loadWorkspace, overlayTree } from '@benchbook/workspace';
import { createPreviewer } from '../../packages/language-service/src/preview/previewer.ts';
import { type EditorWorkspace, editorWorkspace, largeWorkspace } from './editor/workspace.ts';

/** Milliseconds; `gap` is the longest time between two pauses. */
export interface PreviewFigures {
  readonly calls: number;
  readonly reading: number;
  readonly first: { readonly p50: number; readonly p95: number };
  readonly complete: { readonly p50: number; readonly p95: number };
  readonly gap: { readonly p95: number; readonly max: number };
  /** Of the heap, for the calls, with both versions decided. */
  readonly megabytes: number;
}

/** Types `rounds` limits into the policy file, one after the other, against the first as base. */
export async function measurePreview(
  workspace: EditorWorkspace,
  editOf: (text: string, round: number) => string,
  rounds: number,
): Promise<PreviewFigures> {
  const manifests = engines.map(({ manifest }) => manifest);
  const loader = policyLoader(engines, sourceAssets(), () => ({}));
  const tree = nodeFileTree(workspace.root);
  const prepare = async (text: string): Promise<PreparedWorkspace> => {
    const found = await loadWorkspace(overlayTree(tree, new Map([[workspace.path, text]])), manifests);
    const prepared = await prepareWorkspace(found, loader, []);
    const broken = prepared.diagnostics.find(({ severity }) => severity === 'error');
    if (broken) throw new Error(`${broken.file}: ${broken.message}`);
    return prepared;
  };
  const base = await prepare(workspace.text);

  let last = performance.now();
  let gaps: number[] = [];
  let onPreview = (_: Preview): void => {};
  const before = heap();
  const start = performance.now();
  const previewer = createPreviewer({
    recordings: async () => [nodeByteSource(workspace.root, 'traces/calls.jsonl')],
    async pause() {
      gaps.push(performance.now() - last);
      await new Promise((resolve) => setImmediate(resolve));
      last = performance.now();
    },
    now: () => performance.now(),
    maxCalls: 100_000,
    onPreview: (preview) => onPreview(preview),
    onKnowledge: () => {},
    onMessage: (_, message) => console.error(message),
  });
  await previewer.settled();
  const reading = performance.now() - start;
  previewer.setBase({ name: 'HEAD', prepared: base });
  previewer.update(base);
  await previewer.settled();

  const first: number[] = [];
  const complete: number[] = [];
  const longest: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const prepared = await prepare(editOf(workspace.text, round));
    let started = performance.now();
    let told: number | undefined;
    onPreview = () => {
      told ??= performance.now() - started;
    };
    gaps = [];
    started = performance.now();
    last = started;
    previewer.update(prepared);
    await previewer.settled();
    gaps.push(performance.now() - last);
    complete.push(performance.now() - started);
    first.push(told!);
    longest.push(Math.max(...gaps));
  }
  const { total } = previewer.latest()!;
  const megabytes = (heap() - before) / 1e6;
  previewer.dispose();
  return {
    calls: total,
    reading,
    first: { p50: rank(first, 0.5), p95: rank(first, 0.95) },
    complete: { p50: rank(complete, 0.5), p95: rank(complete, 0.95) },
    gap: { p95: rank(longest, 0.95), max: Math.max(...longest) },
    megabytes,
  };
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function rank(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1]!;
}

/** The bench workspaces hold sessions to be long from a limit on: another one each round. */
export function editLimit(text: string, round: number): string {
  const edited = text.replace(/> 40\b/, `> ${3 + round}`);
  if (edited === text) throw new Error('no limit of 40 calls');
  return edited;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const recording = join(process.env.BENCHBOOK_CORPORA ?? '../shared/traces', 'agentdojo-dev.jsonl');
  const calls = Number(process.argv[2] ?? 10_000);
  const languages = process.argv[3]?.split(',') ?? ['cedar', 'cel', 'rego', 'large'];
  for (const language of languages) {
    const workspace =
      language === 'large'
        ? largeWorkspace(5_000, recording, calls)
        : editorWorkspace(join('test/bench/workspaces', language), recording, calls);
    const edit =
      language === 'large'
        ? (text: string, round: number) => text.replace('amount > 17 }', `amount > ${17_000 + round} }`)
        : editLimit;
    try {
      const figures = await measurePreview(workspace, edit, language === 'rego' ? 6 : 20);
      const { reading, first, complete, gap, megabytes } = figures;
      const show = (value: number) => Math.round(value).toString();
      console.log(
        `${language.padEnd(6)} ${figures.calls} calls: read ${show(reading)} ms; first part p50 ${show(first.p50)}, p95 ${show(first.p95)} ms; ` +
          `complete p50 ${show(complete.p50)}, p95 ${show(complete.p95)} ms; longest without pause p95 ${show(gap.p95)}, max ${show(gap.max)} ms; ${show(megabytes)} MB`,
      );
    } finally {
      workspace.remove();
    }
  }
  process.exit(0);
}
