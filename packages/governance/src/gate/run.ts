import { type ControlContext, describeControl } from '@benchbook/controls';
import type {
  AgentRecord,
  CheckFinding,
  Diagnostic,
  GateCheck,
  GateReport,
  ReplayReport,
} from '@benchbook/model';
import { days } from '../dsse/dates.ts';
import { type Envelope, MAX_ENVELOPE } from '../dsse/envelope.ts';
import { type KeyRing, keyWith } from '../dsse/key-ring.ts';
import type { SigningKey } from '../dsse/keys.ts';
import { checkSignOffs } from '../signoffs/verify.ts';
import { isoTime, signCertificate } from './certificate.ts';
import type { GateFacts } from './condition.ts';
import { CONDITIONS } from './conditions.ts';
import { checkEvidence } from './evidence.ts';
import { fileText } from './files.ts';
import { GATE_CONDITIONS, tierRules } from './rules.ts';
import { agentSubjects, type SubjectSources } from './subjects.ts';

/** What the gate looks at. */
export interface GateInput extends SubjectSources {
  readonly agent: AgentRecord;
  /** Of the build checks, of any agent. */
  readonly findings: readonly CheckFinding[];
  readonly diagnostics: readonly Diagnostic[];
  /** Null where the recordings could not be replayed. */
  readonly replay: ReplayReport | null;
  readonly ring: KeyRing;
  readonly controls: ControlContext;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Null: nothing is issued. */
  readonly key: SigningKey | null;
  /** Sentences that stand in the report beside those on figures of the manifest. */
  readonly notes?: readonly string[];
  /** Days for which the certificate holds; the tier's where absent. Never more than those. */
  readonly validDays?: number;
}

/** Holds an agent against the rules of its tier, and issues its certificate where it passes and there is a key. */
export async function runGate(
  input: GateInput,
): Promise<{ readonly report: GateReport; readonly envelope: Envelope | null }> {
  const { agent, workspace, tree, suite, replay, diagnostics, ring, now } = input;
  const tier = agent.tier.effective;
  const { rules, notes: figures } = tierRules(tier, workspace.manifest.governance?.tiers?.[tier]);
  const notes = [...figures, ...(input.notes ?? [])];
  const subjects = await agentSubjects(input);
  const signOffs = await checkSignOffs(agent.reviews.signOffs, {
    agent,
    subjects: subjects.signOff,
    ring,
    now,
    read: (file) => fileText(tree, file, MAX_ENVELOPE),
  });
  const findings = input.findings.filter((one) => one.agent === agent.id);
  const evidence = await checkEvidence(agent, tree);
  const facts: GateFacts = {
    agent,
    rules,
    findings,
    diagnostics,
    replay,
    suite,
    evidence,
    signOffs,
    ring,
    now,
  };

  const checks = conditionsOf(facts, input.controls);
  if (subjects.unreadable.length > 0)
    checks.push(
      ownCheck('subjects', 'What is certified can be read', 'failed', subjects.unreadable.join('; ')),
    );
  const trusted = input.key ? keyWith(ring, input.key.publicKey) : undefined;
  const signing = keyCheck(input, trusted !== undefined, rules.failsClosed);
  if (signing) checks.push(signing);
  const revoked = trusted?.revokedAt ?? null;
  if (trusted && revoked !== null && now >= revoked)
    checks.push(
      ownCheck('certificate', 'Signed by the gate', 'failed', `the key \`${trusted.id}\` is revoked`),
    );

  const blocks = ({ state }: GateCheck) =>
    state === 'failed' || (state === 'unverified' && rules.failsClosed);
  const refused = checks.some(blocks);
  const expires = now + days(Math.min(input.validDays ?? rules.validDays, rules.validDays));
  const report = { schema: 'benchbook.gate/v1', agent: agent.id, tier, checks, notes } as const;
  const listed = subjects.certificate;
  if (refused || !input.key || !trusted) {
    const outcome = refused ? 'refused' : 'passed';
    return {
      report: { ...report, outcome, subjects: listed, issued: null, expires: null, certificate: null },
      envelope: null,
    };
  }
  const envelope = await signCertificate(
    { agent: agent.id, tier, issued: Math.floor(now / 1000) * 1000, expires, subjects: listed },
    { checks, notes, signOffs, dependencies: input.dependencies },
    input.key,
    trusted,
  );
  const times = { issued: isoTime(now), expires: isoTime(expires), certificate: null };
  return { report: { ...report, outcome: 'certified', subjects: listed, ...times }, envelope };
}

/** Conditions that the tier asks for, and others of which the card states something: those only tell. */
function conditionsOf(facts: GateFacts, context: ControlContext): GateCheck[] {
  return GATE_CONDITIONS.flatMap((id) => {
    const { title, serves, stated, look } = CONDITIONS[id];
    const required = facts.rules.requires.includes(id);
    if (!required && stated?.(facts) !== true) return [];
    const seen = look(facts);
    const state = !required && seen.state === 'failed' ? 'unverified' : seen.state;
    return [
      { id, title, state, message: seen.message, controls: serves.map((ref) => edition(ref, context)) },
    ];
  });
}

function keyCheck(input: GateInput, trusted: boolean, failsClosed: boolean): GateCheck | undefined {
  const title = 'Signed by the gate';
  if (!input.key) {
    const message = 'no --key was given, so nothing was issued';
    return ownCheck('certificate', title, failsClosed ? 'failed' : 'unverified', message);
  }
  if (trusted) return undefined;
  const message =
    'the key is not among governance.keys, so nobody could verify the certificate: enter it there';
  return ownCheck('certificate', title, 'failed', message);
}

function ownCheck(id: string, title: string, state: GateCheck['state'], message: string): GateCheck {
  return { id, title, state, message, controls: [] };
}

function edition(ref: string, context: ControlContext): string {
  const colon = ref.indexOf(':');
  return describeControl({ framework: ref.slice(0, colon), id: ref.slice(colon + 1) }, context).ref;
}
