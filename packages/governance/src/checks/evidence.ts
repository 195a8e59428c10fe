import { type AgentRecord, digest, type EvidenceFile, type FileTree } from '@benchbook/model';

/** Whether a file is still the one that somebody vouched for. */
export type EvidenceState = 'matches' | 'changed' | 'unreadable';

/** Evidence that a card refers to, looked at. */
export interface CheckedEvidence extends EvidenceFile {
  /** Which member of the card refers to it, such as `reviews.impactAssessment`. */
  readonly member: string;
  readonly state: EvidenceState;
}

/** Larger files are not read: evidence is a document. */
const MAX_EVIDENCE_BYTES = 100_000_000;

/** Looks at every piece of evidence of a card, in the card's order. */
export async function checkEvidence(agent: AgentRecord, tree: FileTree): Promise<CheckedEvidence[]> {
  const { impactAssessment, adversarialTest, signOffs } = agent.reviews;
  const named: (readonly [string, EvidenceFile | undefined])[] = [
    ['reviews.impactAssessment', impactAssessment?.evidence],
    ['reviews.adversarialTest', adversarialTest?.evidence],
    ...signOffs.map(({ evidence }, index) => [`reviews.signOffs.${index}`, evidence] as const),
  ];
  const checked: CheckedEvidence[] = [];
  for (const [member, evidence] of named)
    if (evidence) checked.push({ ...evidence, member, state: await stateOf(evidence, tree) });
  return checked;
}

/** A path that leads out of the workspace is not followed. */
async function stateOf({ file, sha256 }: EvidenceFile, tree: FileTree): Promise<EvidenceState> {
  if (/^\/|\\/.test(file) || file.split('/').includes('..')) return 'unreadable';
  try {
    const size = await tree.size?.(file);
    if (size !== undefined && size > MAX_EVIDENCE_BYTES) return 'unreadable';
    return digest(await tree.read(file)) === sha256.toLowerCase() ? 'matches' : 'changed';
  } catch {
    return 'unreadable';
  }
}
