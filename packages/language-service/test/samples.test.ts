import { argumentIndex, engineOptions, policyLoader, prepareWorkspace } from '@benchbook/core';
import { engines } from '@benchbook/engines';
import { memorySource, memoryTree, sourceAssets } from '@benchbook/testkit';
import { loadWorkspace } from '@benchbook/workspace';
import { describe, expect, test } from 'vitest';
import type { LanguageService, ServiceEvent } from '../src/index.ts';
import { createLanguageService } from '../src/index.ts';
import { sampleFiles } from './samples.ts';

const manifests = engines.map(({ manifest }) => manifest);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function openSample(files: Record<string, Uint8Array>): { service: LanguageService; events: ServiceEvent[] } {
  const events: ServiceEvent[] = [];
  const service = createLanguageService({
    tree: memoryTree(files),
    engines,
    assets: sourceAssets(),
    recording: (path) => memorySource(path, files[path]!),
    base: async () => ({ refused: 'no repository' }),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => performance.now(),
    time: () => Date.parse('2026-06-01T12:00:00Z'),
    version: '0.1.0',
  });
  service.on((event) => events.push(event));
  return { service, events };
}

describe.each(['support-desk', 'coding-agent', 'treasury'])('the sample %s', (name) => {
  const files = sampleFiles(name);

  test('knows its tools, and the editor tells what `benchbook check` tells', async () => {
    const workspace = await loadWorkspace(memoryTree(files), manifests);
    const loader = policyLoader(engines, sourceAssets(), (engine) =>
      engineOptions(engine, workspace.manifest),
    );
    const recordings = workspace.tracePaths.map((path) => memorySource(path, files[path]!));
    const { diagnostics } = await prepareWorkspace(workspace, loader, recordings, { tools: 'survey' });
    loader.close();
    expect(diagnostics.filter(({ code }) => code.startsWith('unknown-'))).toEqual([]);
    const { service } = openSample(files);
    await service.start();
    await service.settled('preview');
    const told = Object.keys(files)
      .sort()
      .flatMap((path) => service.diagnostics(path))
      .filter(({ code }) => code !== 'policy-never-exercised');
    service.dispose();
    expect(told).toEqual(diagnostics);
  }, 60_000);

  test('half-typed text costs no verb', async () => {
    const { service, events } = openSample(files);
    service.configure({ preview: false });
    await service.start();
    for (const [path, bytes] of Object.entries(files)) {
      if (!/\.(?:cedar|cel|cel\.yaml|rego)$/.test(path)) continue;
      const text = decode(bytes);
      const step = Math.max(1, Math.floor(text.length / 25));
      for (let end = 0; end <= text.length; end += step) {
        service.change(path, text.slice(0, end));
        await service.complete(path, end);
        await service.hover(path, Math.max(0, end - 1));
        await service.signature(path, end);
        await service.fixes(path, { start: Math.max(0, end - 5), end });
        await Promise.all([service.symbols(path), service.tokens(path), service.folding(path)]);
        await service.selections(path, end);
        await service.highlights(path, end);
        await service.prepareRename(path, end);
        await service.codeLenses(path);
      }
      service.change(path, text);
    }
    await service.settled('diagnostics');
    service.dispose();
    expect(events.filter(({ kind }) => kind === 'message')).toEqual([]);
  }, 60_000);
});

test('tools of the samples are known by name', async () => {
  const { tools } = await loadWorkspace(memoryTree(sampleFiles('support-desk')), manifests);
  expect(argumentIndex(tools, [], new Map()).argument('refund', ['amount'])).toBe('known');
});
