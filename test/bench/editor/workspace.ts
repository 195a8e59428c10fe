import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that an editor could have open. */
export interface EditorWorkspace {
  readonly root: string;
  /** The policy file that is typed in, relative to `root`. */
  readonly path: string;
  readonly text: string;
  readonly calls: number;
  remove(): void;
}

/** One of the bench workspaces with `calls` recorded calls: the recording again and again, under other session ids. */
export function editorWorkspace(workspace: string, recording: string, calls: number): EditorWorkspace {
  const root = mkdtempSync(join(tmpdir(), 'benchbook-editor-'));
  mkdirSync(join(root, 'policies'));
  const [path] = readdirSync(join(workspace, 'policies'));
  copyFileSync(join(workspace, 'policies', path!), join(root, 'policies', path!));
  const recorded = writeRecording(root, recording, calls);
  return describe(root, path!, recorded);
}

/** A workspace of many Cedar policies, most of them about tools that nobody calls. */
export function largeWorkspace(policies: number, recording: string, calls: number): EditorWorkspace {
  const root = mkdtempSync(join(tmpdir(), 'benchbook-editor-'));
  mkdirSync(join(root, 'policies'));
  const text = Array.from(
    { length: policies },
    (_, index) =>
      `@id("rule-${index}")\nforbid (principal, action == Action::"tool_${index % 700}", resource)\nwhen { context.input has amount && context.input.amount > ${index} };\n`,
  );
  writeFileSync(
    join(root, 'policies/large.cedar'),
    `@id("allow")\npermit (principal, action, resource);\n\n${text.join('\n')}`,
  );
  const recorded = writeRecording(root, recording, calls);
  return describe(root, 'large.cedar', recorded);
}

function describe(root: string, file: string, calls: number): EditorWorkspace {
  const path = `policies/${file}`;
  const text = readFileSync(join(root, path), 'utf8');
  return { root, path, text, calls, remove: () => rmSync(root, { recursive: true, force: true }) };
}

function writeRecording(root: string, recording: string, calls: number): number {
  mkdirSync(join(root, 'traces'));
  const lines = readFileSync(recording, 'utf8').split('\n').filter(Boolean);
  const written: string[] = [];
  for (let round = 0; written.length < calls; round++) {
    for (const line of lines) {
      if (written.length === calls) break;
      const call = JSON.parse(line);
      delete call.id;
      written.push(JSON.stringify({ ...call, session: `${call.session}-${round}` }));
    }
  }
  writeFileSync(join(root, 'traces/calls.jsonl'), `${written.join('\n')}\n`);
  return written.length;
}
