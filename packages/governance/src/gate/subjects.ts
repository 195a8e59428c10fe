import {
  type AgentCard,
  type AgentRecord,
  canonicalJson,
  digest,
  type FileTree,
  isObject,
  type JsonObject,
} from '@benchbook/model';
import { compileGlobs, type Workspace } from '@benchbook/workspace';
import { type Subject, sortSubjects } from '../dsse/subjects.ts';
import { type Dependencies, dependenciesJson } from './dependencies.ts';
import { fileDigest } from './files.ts';
import type { TestSuite } from './suite.ts';

/** What a certificate and a sign-off of an agent are over. */
export interface AgentSubjects {
  /** Card, manifest, policies, checks, tools, test suite and dependencies. */
  readonly certificate: readonly Subject[];
  /**
   * The same without dependencies, and with the card but for its sign-offs, so that a sign-off can be entered in the
   * card that it is about.
   */
  readonly signOff: readonly Subject[];
  /** Files whose digest cannot be told, and why. */
  readonly unreadable: readonly string[];
}

export interface SubjectSources {
  readonly workspace: Pick<Workspace, 'manifest' | 'manifestPath' | 'policyFiles' | 'agents' | 'diagnostics'>;
  readonly tree: FileTree;
  readonly agent: Pick<AgentRecord, 'id' | 'file'>;
  readonly suite: TestSuite;
  readonly dependencies: Dependencies;
}

/** Digests all that an agent's behaviour hangs on. Never rejects for what files hold. */
export async function agentSubjects(sources: SubjectSources): Promise<AgentSubjects> {
  const { workspace, tree, agent, suite, dependencies } = sources;
  const unreadable: string[] = [];
  const digestFile = async (path: string): Promise<Subject[]> => {
    const read = await fileDigest(tree, path);
    if ('sha256' in read) return [{ name: path, sha256: read.sha256 }];
    unreadable.push(`${path}: ${read.error}`);
    return [];
  };
  const paths = await tree.list();
  const { manifest, manifestPath } = workspace;
  const policies = workspace.policyFiles.filter(({ role }) => role !== 'test');
  const shared: Subject[] = policies.map(({ path, sha256 }) => ({ name: path, sha256 }));
  const listed = select(paths, [manifest.tools, manifest.governance?.checks ?? []]);
  const others = new Set([...(manifestPath === null ? [] : [manifestPath]), ...listed]);
  for (const { name } of shared) others.delete(name);
  for (const path of others) shared.push(...(await digestFile(path)));
  shared.push({ name: 'suite:expect', sha256: suite.sha256 });

  const card = workspace.agents.find(({ id }) => id === agent.id);
  const cardDigest = digest(canonicalJson(card ? withoutSignOffs(card) : null));
  return {
    certificate: sortSubjects([
      ...shared,
      ...(await digestFile(agent.file)),
      { name: 'dependencies:engines', sha256: digest(canonicalJson(dependenciesJson(dependencies))) },
    ]),
    signOff: sortSubjects([...shared, { name: `card:${agent.id}`, sha256: cardDigest }]),
    unreadable: [
      ...unreadable,
      ...workspace.diagnostics
        .filter(({ code }) => code === 'file-unreadable' || code === 'file-too-large')
        .map(({ file, message }) => `${file}: ${message}`),
    ],
  };
}

function withoutSignOffs({ id, attributes }: AgentCard): JsonObject {
  const { reviews, ...rest } = attributes;
  if (!isObject(reviews)) return { ...attributes, id };
  const { signOffs: _, ...others } = reviews;
  return { ...rest, id, reviews: others };
}

function select(paths: readonly string[], lists: readonly (readonly string[])[]): string[] {
  const finders = lists.map((globs) => compileGlobs(globs));
  return paths.filter((path) => finders.some((find) => find(path) !== undefined));
}
