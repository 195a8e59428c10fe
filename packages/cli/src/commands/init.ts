import { mkdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { findRecordings, observedTools } from '@benchbook/core';
import { engines } from '@benchbook/engines';
import { nodeByteSource, nodeFileTree } from '@benchbook/host/node';
import { suggest } from '@benchbook/model';
import { loadWorkspace, MANIFEST_FILE, TRACE_ENDINGS, writeManifest } from '@benchbook/workspace';
import { CannotRun, EXIT } from '../errors.ts';
import { doJob } from '../jobs/do-job.ts';
import { writeNew } from '../output.ts';

/** Makes a workspace from what is there. Never overwrites a file; says what it wrote and what it found. */
export async function initCommand(dir: string, flags: { readonly language: string }): Promise<number> {
  const names = engines.map(({ manifest }) => manifest.name);
  if (!names.includes(flags.language)) {
    const near = suggest(flags.language, names);
    throw new CannotRun(
      `unknown language '${flags.language}'${near ? ` (did you mean ${near}?)` : ''}; known: ${names.join(', ')}`,
    );
  }
  const root = resolve(dir);
  await mkdir(root, { recursive: true });
  const tree = nodeFileTree(root);
  const paths = await tree.list();
  if (paths.includes(MANIFEST_FILE)) {
    throw new CannotRun(`${join(relative('.', root), MANIFEST_FILE)} is there already; this is a workspace`);
  }
  const workspace = await loadWorkspace(
    tree,
    engines.map(({ manifest }) => manifest),
    { policies: ['**'], traces: [] },
  );
  const policies = workspace.policyFiles.filter(({ role }) => role === 'policy').map(({ path }) => path);
  const recordings = await findRecordings(
    paths
      .filter((path) => !policies.includes(path) && TRACE_ENDINGS.some((ending) => path.endsWith(ending)))
      .map((path) => nodeByteSource(root, path)),
  );

  const written: string[] = [];
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    if (await writeNew(join(root, path), text)) written.push(path);
  };
  const tools = workspace.tools.length > 0 ? [] : await observedTools(recordings);
  if (tools.length > 0) await write('tools/observed.json', `${JSON.stringify({ tools }, null, 2)}\n`);
  if (policies.length === 0) {
    const { files } = await doJob({ kind: 'scaffold', root, engine: flags.language, tools });
    for (const { path, text } of files) await write(path, text);
  }
  const manifest = writeManifest(
    policies,
    recordings.map(({ path }) => path),
  );
  await write(MANIFEST_FILE, manifest);

  const say = (text: string): unknown => process.stdout.write(`${text}\n`);
  say(
    `found  ${policies.length} policy files, ${recordings.length} recordings, ${workspace.tools.length} tools`,
  );
  for (const path of written) say(`wrote  ${path}`);
  const place = relative('.', root);
  say(
    `next   ${recordings.length > 0 ? 'benchbook replay' : 'put recordings under traces/, then: benchbook replay'}${place ? ` ${place}` : ''}`,
  );
  return EXIT.ok;
}
