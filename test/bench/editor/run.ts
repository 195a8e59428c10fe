/** What an author waits for while typing, with 10,000 recorded calls: the built language server, as an editor drives it. */
import { join } from 'node:path';
import { measureEditor } from './measure.ts';
import { editorWorkspace, largeWorkspace } from './workspace.ts';

const corpora = process.env.BENCHBOOK_CORPORA ?? '../shared/traces';
const recording = join(corpora, 'agentdojo-dev.jsonl');
const strokes = process.argv.includes('--quick') ? 5 : 40;
const CALLS = 10_000;
const cases = [
  ['cedar', () => editorWorkspace('test/bench/workspaces/cedar', recording, CALLS), /(calls > )\d+( )/],
  ['cel', () => editorWorkspace('test/bench/workspaces/cel', recording, CALLS), /(calls > )\d+(")/],
  ['rego', () => editorWorkspace('test/bench/workspaces/rego', recording, CALLS), /(calls > )\d+(\s)/],
  ['5,000 policies', () => largeWorkspace(5_000, recording, CALLS), /(amount > )\d+( )/],
] as const;

for (const [name, open, literal] of cases) {
  const figures = await measureEditor(open(), { literal, strokes });
  const ms = (value: number): string => `${Math.round(value).toLocaleString('en-US')} ms`;
  console.log(
    [
      `editor ${name}: ready ${ms(figures.ready)}, opened ${ms(figures.opened)}`,
      `p95 diagnostics ${ms(figures.diagnostics)}, completion ${ms(figures.completion)}`,
      `first preview ${ms(figures.firstPreview)}, complete ${ms(figures.completePreview)}`,
      `${Math.round(figures.megabytes)} MB`,
    ].join('; '),
  );
}
process.exit(0);
