import type { AgentRecord, EvidenceFile, FileTree, Review } from '@benchbook/model';
import { fileDigest } from './files.ts';

/** One file of evidence that a card names, held against its digest. */
export interface CheckedEvidence {
  /** What it is evidence for: `impact assessment`, `sign-off by Ann`. */
  readonly review: string;
  readonly evidence: EvidenceFile;
  readonly state: 'matches' | 'differs' | 'unreadable';
  /** Why; empty where it matches. */
  readonly message: string;
}

/** Checks each file of evidence that the reviews of a card name. */
export async function checkEvidence(
  { reviews }: Pick<AgentRecord, 'reviews'>,
  tree: FileTree,
): Promise<readonly CheckedEvidence[]> {
  const all: readonly (readonly [string, Review | null])[] = [
    ['impact assessment', reviews.impactAssessment],
    ['adversarial test', reviews.adversarialTest],
    ...reviews.signOffs.map((one) => [`sign-off by ${one.by}`, one] as const),
  ];
  const checked: CheckedEvidence[] = [];
  for (const [review, entry] of all) {
    if (!entry?.evidence) continue;
    const { evidence } = entry;
    const read = await fileDigest(tree, evidence.file);
    if ('error' in read) checked.push({ review, evidence, state: 'unreadable', message: read.error });
    else if (read.sha256 === evidence.sha256.replace(/^sha256:/i, '').toLowerCase())
      checked.push({ review, evidence, state: 'matches', message: '' });
    else {
      const message = `its digest is ${read.sha256}, not the one that the card states: review it again`;
      checked.push({ review, evidence, state: 'differs', message });
    }
  }
  return checked;
}
