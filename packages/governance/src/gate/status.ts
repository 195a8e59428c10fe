import type { AgentRecord, FileTree, GateStatus } from '@benchbook/model';
import type { GovernanceSettings, Workspace } from '@benchbook/workspace';
import { parseData } from '@benchbook/workspace';
import { MAX_ENVELOPE } from '../dsse/envelope.ts';
import { EMPTY_RING, type KeyRing, readKeyRing } from '../dsse/key-ring.ts';
import { fileText } from './files.ts';
import { agentSubjects, type SubjectSources } from './subjects.ts';
import { verifyCertificate } from './verify.ts';

/** Where certificates lie unless the manifest says otherwise. */
export const CERTIFICATES = 'governance/certificates';
/** A key ring is far smaller, in bytes. */
const MAX_RING = 4 * 1024 * 1024;

/** The file of an agent's certificate, relative to the workspace. An id gives one file name whatever is in it. */
export function certificatePath(settings: GovernanceSettings | null, agent: string): string {
  const folder = (settings?.certificates ?? CERTIFICATES).replace(/\/+$/, '');
  return `${folder}/${fileNameOf(agent)}.json`;
}

/** A name that is one path segment in every file system: other characters as `%` and hex. */
export function fileNameOf(id: string): string {
  const name = [...new TextEncoder().encode(id)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9_.-]/.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
  return name.replace(/^\./, '%2e').slice(0, 200);
}

/** The key ring of a workspace; what keeps it from being read is one of its problems. */
export async function readWorkspaceKeys(
  { manifest }: Pick<Workspace, 'manifest'>,
  tree: FileTree,
): Promise<KeyRing> {
  const path = manifest.governance?.keys;
  if (path === undefined) return EMPTY_RING;
  const read = await fileText(tree, path, MAX_RING);
  if ('error' in read) return { keys: [], problems: [`${path}: ${read.error}`] };
  const document = parseData(read.text);
  if (document.problems.length > 0)
    return { keys: [], problems: document.problems.map(({ message }) => `${path}: ${message}`) };
  const ring = readKeyRing(document.value ?? null);
  return { keys: ring.keys, problems: ring.problems.map((problem) => `${path}: ${problem}`) };
}

/** How an agent stands with the gate: whether it has a certificate that holds. */
export async function gateStatus(
  sources: SubjectSources & { readonly agent: AgentRecord },
  now: number,
): Promise<GateStatus> {
  const { workspace, tree, agent } = sources;
  const path = certificatePath(workspace.manifest.governance, agent.id);
  if (!(await tree.list()).includes(path)) return { state: 'none', reasons: [], expires: null };
  const read = await fileText(tree, path, MAX_ENVELOPE);
  if ('error' in read) return { state: 'invalid', reasons: [read.error], expires: null };
  const [subjects, ring] = await Promise.all([agentSubjects(sources), readWorkspaceKeys(workspace, tree)]);
  const { state, reasons, expires } = await verifyCertificate(read.text, { agent, subjects, ring, now });
  return { state, reasons, expires };
}
