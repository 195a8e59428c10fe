import type { LspClient } from '@benchbook/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeAction, CodeLens, InlayHint, MarkupContent, TextDocumentEdit } from 'vscode-languageserver';
import { FILES, type File, offsetOf, shown, startDesk } from './desk.ts';

let client: LspClient;
beforeAll(async () => {
  client = await startDesk();
  await client.until(() => client.received.some(isComplete), 'the whole preview', 40_000);
}, 60_000);
afterAll(() => client.stop());

const CEDAR = 'policies/pay.cedar';
const REGO = 'policies/desk.rego';
const CEL = 'policies/limits.cel.yaml';

function isComplete({ method, params }: { readonly method: string; readonly params: unknown }): boolean {
  const { decided, total } = (params ?? {}) as Record<string, unknown>;
  return method === 'benchbook/status' && decided === 2 && total === 2;
}

const about = (path: File) => ({ textDocument: { uri: client.uri(path) } });
const ALL = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };

describe('hints beside policies and conditions', () => {
  test.each<[string, File, string[]]>([
    [
      'Cedar',
      CEDAR,
      [
        '1:1 allow of 2 calls',
        '7:true 1 / false 1',
        '9:never exercised',
        '11:true 0 / false 2',
        '11:true 0 / false 0',
      ],
    ],
    [
      'Rego',
      REGO,
      ['4:1 allow of 2 calls', '6:1 deny of 2 calls', '6:true 1 / false 1', '8:true 1 / false 1'],
    ],
    ['CEL', CEL, ['6:true 1 / false 1', '6:1 deny of 2 calls', '6:true 1 / false 0']],
  ])('%s', async (_, path, expected) => {
    const hints = await client.request<InlayHint[]>('textDocument/inlayHint', { ...about(path), range: ALL });
    expect(hints.map(({ position, label }) => `${position.line}:${label}`)).toEqual(expected);
  });

  test('only of the part that is in sight, and without conditions where they are not wanted', async () => {
    const ask = (range: object) =>
      client.request<InlayHint[]>('textDocument/inlayHint', { ...about(CEDAR), range });
    const part = await ask({ start: { line: 9, character: 0 }, end: { line: 10, character: 0 } });
    expect(part.map(({ label }) => label)).toEqual(['never exercised']);
    expect((part[0]!.tooltip as MarkupContent).kind).toBe('markdown');
    await client.set({ preview: { conditions: false } });
    await expect
      .poll(async () => (await ask(ALL)).map(({ label }) => label))
      .toEqual(['1 allow of 2 calls', 'never exercised']);
    await client.set({});
  });
});

describe('lenses', () => {
  test.each<[string, File, string[]]>([
    ['Cedar', CEDAR, ['1:Replay', '1:Calls it decides', '1:Evaluate', '9:Calls it decides', '9:Evaluate']],
    ['Rego', REGO, ['4:Replay', '4:Calls it decides', '4:Evaluate', '6:Calls it decides', '6:Evaluate']],
    ['CEL', CEL, ['6:Replay', '6:Calls it decides', '6:Evaluate']],
  ])('%s', async (_, path, expected) => {
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', about(path));
    expect(lenses.map(({ range, command }) => `${range.start.line}:${command?.title}`)).toEqual(expected);
  });

  test('carry what the client needs to show the calls', async () => {
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', about(CEL));
    const { command, arguments: given } = lenses[1]!.command!;
    expect(command).toBe('benchbook.showCalls');
    expect(given).toEqual([
      {
        folder: client.uri('').replace(/\/$/, ''),
        filter: { policy: `${CEL}#limits/0` },
        title: 'Calls that limits/0 decides',
        uri: client.uri(CEL),
        position: lenses[1]!.range.start,
      },
    ]);
  });
});

describe('diagnostics and fixes', () => {
  test('a policy that nothing exercises is faded', () => {
    const { diagnostics } = client.diagnostics(CEDAR);
    const faded = diagnostics.filter(({ tags }) => tags?.includes(1));
    expect(
      shown(
        FILES[CEDAR],
        faded.map(({ range, code }) => ({ range, label: String(code) })),
      ),
    ).toBe('@id("never")\n^^^^^^^^^^^^ +2 lines policy-never-exercised');
  });

  test.each<[string, File, string, string, string, string]>([
    ['Cedar', CEDAR, 'context.input.|amount < 100', 'amout', 'amount', 'amout'],
    ['Rego', REGO, 'if |too_much(input', 'to_much', 'too_much', 'to_much'],
    ['CEL', CEL, '&& |size(', 'siez', 'size', 'siez'],
  ])(
    '%s: a misspelt name is found at its place, and mended by its fix',
    async (_, path, needle, wrong, right, marked) => {
      const start = offsetOf(path, needle);
      await client.edit(path, start, start + right.length, wrong);
      const version = client.version(path);
      const errors = () =>
        client.diagnostics(path).version === version
          ? client.diagnostics(path).diagnostics.filter(({ message }) => String(message).includes(wrong))
          : [];
      await client.until(() => errors().length > 0, 'the finding', 20_000);
      const [error] = errors();
      const lines = client.text(path).split('\n');
      const { start: from, end: to } = error!.range;
      expect(
        lines[from.line]!.slice(from.character, from.line === to.line ? to.character : undefined),
      ).toContain(marked);

      const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
        ...about(path),
        range: error!.range,
        context: { diagnostics: [error], only: ['quickfix'] },
      });
      const fix = actions.find(({ edit }) => JSON.stringify(edit).includes(`"newText":"${right}"`));
      const [change] = fix!.edit!.documentChanges as TextDocumentEdit[];
      expect(change!.textDocument).toEqual({ uri: client.uri(path), version });
      await client.edit(path, start, start + wrong.length, right);
      await client.until(
        () => client.diagnostics(path).version === version + 1 && errors().length === 0,
        'no finding',
        20_000,
      );
      expect(client.text(path)).toBe(FILES[path]);
    },
  );
});
