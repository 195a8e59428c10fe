import { findRecordings, firstPolicies, observedTools } from '@benchbook/core';
import type { ByteSource } from '@benchbook/model';
import { loadWorkspace, MANIFEST_FILE, TRACE_ENDINGS, writeManifest } from '@benchbook/workspace';
import type { ServicePorts } from '../api.ts';
import { pausingSource } from './pausing-source.ts';

/**
 * The files that would make a workspace of a folder, none of which is there yet: tools as recordings show them, first
 * policies where there are none, and the manifest. Empty where there is a manifest.
 */
export async function scaffoldFiles(
  ports: ServicePorts,
  paths: readonly string[],
): Promise<readonly { readonly path: string; readonly text: string }[]> {
  if (paths.includes(MANIFEST_FILE)) return [];
  const workspace = await loadWorkspace(
    ports.tree,
    ports.engines.map(({ manifest }) => manifest),
    { policies: ['**'], traces: [] },
  );
  const policies = workspace.policyFiles.filter(({ role }) => role === 'policy').map(({ path }) => path);
  const recordings = await findRecordings(
    await sources(
      ports,
      paths.filter((path) => !policies.includes(path)),
    ),
  );
  const files: { path: string; text: string }[] = [];
  const observed = workspace.tools.length > 0 ? [] : await observedTools(recordings);
  if (observed.length > 0)
    files.push({ path: 'tools/observed.json', text: `${JSON.stringify({ tools: observed }, null, 2)}\n` });
  const tools = workspace.tools.length > 0 ? workspace.tools : observed;
  const [language] = ports.engines;
  if (policies.length === 0 && language)
    files.push(...(await firstPolicies(language, ports.assets, { tools, agents: workspace.agents })));
  const manifest = writeManifest(
    policies,
    recordings.map(({ path }) => path),
  );
  files.push({ path: MANIFEST_FILE, text: manifest });
  return files.filter(({ path }) => !paths.includes(path));
}

async function sources(ports: ServicePorts, paths: readonly string[]): Promise<readonly ByteSource[]> {
  const found: ByteSource[] = [];
  for (const path of paths) {
    if (!TRACE_ENDINGS.some((ending) => path.endsWith(ending))) continue;
    found.push(pausingSource(await ports.recording(path), ports));
  }
  return found;
}
