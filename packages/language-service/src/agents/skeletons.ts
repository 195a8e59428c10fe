/** How members of an agent card begin; what is to be filled in is left empty, so that no check takes it for an answer. */

/** Lines below the member's own indentation; texts are empty, words are the strictest, to be lowered on purpose. */
const skeletons: { readonly [member: string]: readonly string[] } = {
  owner: ['owner: ""'],
  accountable: ['accountable:', '  name: ""', '  role: ""'],
  purpose: ['purpose: ""'],
  risk: [
    'risk:',
    '  dataSensitivity: restricted',
    '  decisionAuthority: acts-alone',
    '  blastRadius: third-parties',
  ],
  tierReason: ['tierReason: ""'],
  tools: ['tools: []'],
  deployment: ['deployment:', '  environment: ""'],
  'deployment.environment': ['environment: ""'],
  'deployment.approvers': ['approvers: []'],
  'deployment.retentionMonths': ['retentionMonths: 6'],
  'deployment.breakers': [
    'breakers:',
    '  - id: violations',
    '    count: violations',
    '    per: agent',
    '    limit: 5',
    '    windowMinutes: 10',
  ],
  'reviews.impactAssessment': ['impactAssessment:', '  date: ""', '  by: ""'],
  'reviews.adversarialTest': ['adversarialTest:', '  date: ""', '  by: ""'],
};

/** Lines of a member given with dots, without indentation; null where there is no skeleton. */
export function skeletonOf(member: string): readonly string[] | null {
  return Object.hasOwn(skeletons, member) ? skeletons[member]! : null;
}

/** Members that the built-in checks miss, by their code. */
const missed: { readonly [code: string]: string } = {
  'check/owner': 'owner',
  'check/accountable': 'accountable',
  'check/purpose': 'purpose',
  'check/classified': 'risk',
  'check/tier': 'tierReason',
  'check/tools-declared': 'tools',
  'check/environment': 'deployment.environment',
  'check/approvers': 'deployment.approvers',
  'check/retention': 'deployment.retentionMonths',
  'check/breakers': 'deployment.breakers',
  'check/impact-assessment': 'reviews.impactAssessment',
  'check/adversarial-test': 'reviews.adversarialTest',
};

/** The member that a finding of this code may be about. */
export function missingMember(code: string): string | undefined {
  return Object.hasOwn(missed, code) ? missed[code] : undefined;
}
