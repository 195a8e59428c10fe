import { textDocument } from '@benchbook/model';
import { type EditorClient, startEditor } from './client.ts';
import type { EditorWorkspace } from './workspace.ts';

/** What someone who types waits for: milliseconds, 95th percentiles where several were measured. */
export interface EditorFigures {
  readonly ready: number;
  /** From opening the folder to the first complete preview. */
  readonly opened: number;
  readonly diagnostics: number;
  /** Completion while the preview is being worked out. */
  readonly completion: number;
  readonly firstPreview: number;
  readonly completePreview: number;
  readonly megabytes: number;
}

export interface Typing {
  /** A member's name, behind its dot, up to the literal that is typed over; completion is asked for behind the dot. */
  readonly literal: RegExp;
  readonly strokes: number;
}

/** Types into a policy again and again, and measures what comes back. */
export async function measureEditor(workspace: EditorWorkspace, typing: Typing): Promise<EditorFigures> {
  const started = performance.now();
  const client = await startEditor(workspace);
  try {
    await client.status(({ decided, total }) => total === workspace.calls && decided === total);
    const opened = performance.now() - started;
    const samples = { diagnostics: [] as number[], first: [] as number[], complete: [] as number[] };
    const completion: number[] = [];
    for (let stroke = 0; stroke < typing.strokes; stroke++) {
      const text = workspace.text.replace(
        typing.literal,
        (_, before, after) => `${before}${100 + stroke}${after}`,
      );
      const times = await strike(client, text, text.search(typing.literal), workspace.calls);
      samples.diagnostics.push(times.diagnostics);
      samples.first.push(times.first);
      samples.complete.push(times.complete);
      completion.push(times.completion);
    }
    return {
      ready: client.readyMs,
      opened,
      diagnostics: p95(samples.diagnostics),
      completion: p95(completion),
      firstPreview: p95(samples.first),
      completePreview: p95(samples.complete),
      megabytes: client.memory(),
    };
  } finally {
    await client.stop();
    workspace.remove();
  }
}

async function strike(client: EditorClient, text: string, cursor: number, calls: number) {
  const sent = performance.now();
  const first = client.status(({ decided, stale }) => decided > 0 && !stale);
  const complete = client.status(
    ({ decided, total, stale }) => decided === total && total === calls && !stale,
  );
  const { line, column } = textDocument(text).lineColumn(cursor);
  const diagnostics = client.change(text);
  const completion = await client.complete(line - 1, column - 1);
  return {
    completion,
    diagnostics: await diagnostics,
    first: (await first) - sent,
    complete: (await complete) - sent,
  };
}

function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? Number.NaN;
}
