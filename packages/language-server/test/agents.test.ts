/** Governance over LSP: cards, the gate status of agents, outages for the report panel. */
import { writeEnvelope } from '@benchbook/governance';
import type { AgentEntry } from '@benchbook/model';
import { METHODS, type ReportResult } from '@benchbook/protocol';
import type { LspClient } from '@benchbook/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { type Files, files, gate, POLICY } from '../../governance/test/gate/fixture.ts';
import { serveFiles } from './harness.ts';

const POLICY_FILE = 'policies/pay.cel.yaml';
const CARD = 'agents/payer.yaml';

let client: LspClient;
afterEach(() => client.stop());

async function start(contents: Files): Promise<string> {
  const texts = Object.entries(contents).map(([path, content]) => [
    path,
    typeof content === 'string' ? content : new TextDecoder().decode(content),
  ]);
  client = await serveFiles(Object.fromEntries(texts));
  return client.uri('').replace(/\/$/, '');
}

const agents = (folder: string) => client.request<readonly AgentEntry[]>(METHODS.agents, { folder });

describe('the agents of a workspace', () => {
  test('are certified until what the certificate is over is edited, saved or not', async () => {
    const contents = await files();
    const { envelope } = await gate(contents, { now: Date.now() });
    const certificate = writeEnvelope(envelope!);
    const folder = await start({ ...contents, 'governance/certificates/payer.json': certificate });
    const [certified] = await agents(folder);
    expect(certified).toMatchObject({
      id: 'payer',
      tier: 'low',
      file: CARD,
      line: 1,
      gate: { state: 'valid', reasons: [] },
    });
    expect(Date.parse(certified!.gate.expires!)).toBeGreaterThan(Date.now());

    await client.open(POLICY_FILE, POLICY);
    await client.edit(POLICY_FILE, 0, 0, '# Changed.\n');
    const [refused] = await agents(folder);
    expect(refused?.gate.state).toBe('invalid');
    expect(refused?.gate.reasons.join('\n')).toContain(POLICY_FILE);
  });

  test('were never gated where there is no certificate', async () => {
    const folder = await start(await files());
    expect((await agents(folder)).map(({ gate: { state } }) => state)).toEqual(['none']);
  });

  test('are told again when a certificate comes', async () => {
    const contents = await files();
    await start(contents);
    const told = () => client.received.filter(({ method }) => method === METHODS.status).length;
    await client.until(() => told() > 0, 'a preview', 30_000);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const before = told();
    await client.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: client.uri('governance/certificates/payer.json'), type: 1 }],
    });
    await client.until(() => told() > before, 'a status', 30_000);
  });
});

describe('an outage', () => {
  test('comes as a page without scripts and style attributes, with its time line', async () => {
    const folder = await start(await files());
    const result = await client.request<ReportResult>(METHODS.simulate, { folder, state: 'crashing' });
    if ('refused' in result) throw new Error(result.refused);
    expect(result.html).toContain('<svg class="time-line"');
    expect(result.html).toContain('the PDP ends before it answers');
    expect(result.html).toContain('href="#time-line"');
    expect(result.html).not.toMatch(/<script|\sstyle=|\bon\w+=|https?:/);
    expect(result.css).toContain('.time-line .outage');
    expect(result.css).not.toMatch(/url\(|@import|#[0-9a-f]{6}/);
  });

  test('is refused for a state that there is not, and where nothing is recorded', async () => {
    const { 'traces/a.jsonl': _, ...contents } = await files();
    const folder = await start(contents);
    const ask = (state: string) => client.request(METHODS.simulate, { folder, state });
    expect(await ask('asleep')).toEqual({
      refused: 'a PDP is up, slow, timing-out, crashing, erroring, flapping',
    });
    expect(await ask('slow')).toEqual({ refused: expect.stringContaining('trace') });
  });
});

describe('a card', () => {
  test('is told of and mended', async () => {
    await start(await files());
    const text = 'id: payer\nownr: team@example.org\n';
    await client.open(CARD, text, 'yaml');
    await client.until(
      () => client.diagnostics(CARD).diagnostics.some(({ code }) => code === 'agent-member-unknown'),
      'the finding',
      30_000,
    );
    const place = { line: 1, character: 1 };
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: client.uri(CARD) },
      range: { start: place, end: place },
      context: { diagnostics: [] },
    });
    expect(actions.map(({ title, isPreferred }) => [title, isPreferred])).toContainEqual([
      'Write owner',
      true,
    ]);
    await client.until(
      () => client.diagnostics(CARD).diagnostics.some(({ code }) => code === 'check/owner'),
      'the build check',
      30_000,
    );
  });

  test('is completed by clients that register completion by file', async () => {
    await start(await files());
    const patterns = () =>
      client.received
        .filter(({ method }) => method === 'client/registerCapability')
        .map(({ params }) => JSON.stringify(params));
    await client.until(
      () => patterns().some((one) => one.includes('textDocument/completion')),
      'registration',
    );
    expect(patterns().find((one) => one.includes('textDocument/completion'))).toContain('**/agents/**/*');
  });
});
