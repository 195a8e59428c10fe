/** The conditions of the gate, each with what it looks at and how to mend what it finds. */
import type { Ratio } from '@benchbook/model';
import { instantsOf } from '../dsse/dates.ts';
import { countSignOffs } from '../signoffs/count.ts';
import {
  type Condition,
  counted,
  failed,
  type GateFacts,
  listed,
  passed,
  type Seen,
  unverified,
} from './condition.ts';
import type { GateCondition } from './rules.ts';

const NO_REPLAY = unverified('the recordings were not replayed, so nothing is known of this');

export const CONDITIONS: { readonly [Id in GateCondition]: Condition } = {
  'build-checks': {
    title: 'Build checks without error',
    serves: ['eu-ai-act:17(1)(b)'],
    look: ({ findings, diagnostics }) => {
      const errors = findings.filter(({ severity }) => severity === 'error');
      const wrong = diagnostics.filter(({ severity }) => severity === 'error');
      const all = distinct([
        ...errors.map(({ check, message }) => `${check}: ${message}`),
        ...wrong.map(({ file, message, code }) => `${file}: ${message} (${code})`),
      ]);
      if (all.length > 0) return failed(`${counted(all.length, 'error')}: ${listed(all)}`);
      const warnings = findings.filter(({ severity }) => severity === 'warning');
      return passed(
        warnings.length === 0
          ? 'no error'
          : `no error; ${counted(warnings.length, 'warning')}: ${listed(warnings.map(({ check }) => check))}`,
      );
    },
  },
  recordings: {
    title: 'Recordings readable',
    serves: ['eu-ai-act:17(1)(d)'],
    look: ({ replay }) => {
      if (!replay) return NO_REPLAY;
      const { calls, unreadable } = replay.summary;
      if (calls === 0) return failed('no recorded call: record some, or name them under `traces`');
      if (unreadable === 0) return passed(counted(calls, 'call'));
      const places = replay.unreadable.map(({ file, line }) =>
        line === undefined ? file : `${file}:${line}`,
      );
      return unverified(`${counted(unreadable, 'unreadable place')}, left out: ${listed(places)}`);
    },
  },
  expectations: {
    title: 'Expectations met',
    serves: ['eu-ai-act:9(6)', 'eu-ai-act:17(1)(d)'],
    look: ({ replay }) => {
      if (!replay) return NO_REPLAY;
      const { met, missed } = replay.summary.expectations;
      const calls = replay.findings.flatMap((one) =>
        one.kind === 'expectation' ? [`${one.call} must be ${one.expected} and is ${one.actual}`] : [],
      );
      if (missed > 0) return failed(`${missed} of ${met + missed} missed: ${listed(calls)}`);
      if (met === 0) return failed('no recorded call says what is right: mark some with `expect`');
      return passed(`${met} of ${met} met`);
    },
  },
  'policy-coverage': {
    title: 'Policies exercised',
    serves: ['eu-ai-act:9(8)'],
    look: ({ replay, rules }) =>
      replay
        ? share(replay.coverage.policies, rules.policyCoverage, 'policies applied to a recorded call')
        : NO_REPLAY,
  },
  'condition-coverage': {
    title: 'Conditions exercised',
    serves: ['eu-ai-act:9(8)'],
    look: ({ replay, rules }) =>
      replay
        ? share(replay.coverage.conditions, rules.conditionCoverage, 'conditions seen true and false')
        : NO_REPLAY,
  },
  evidence: {
    title: 'Evidence as it was reviewed',
    serves: ['eu-ai-act:18(1)'],
    stated: ({ evidence }) => evidence.length > 0,
    look: ({ evidence }) => {
      const all = (state: string) =>
        evidence
          .filter((one) => one.state === state)
          .map(({ review, evidence: { file }, message }) => `${review}, ${file}: ${message}`);
      const differing = all('differs');
      if (differing.length > 0) return failed(listed(differing));
      const unreadable = all('unreadable');
      if (unreadable.length > 0) return unverified(listed(unreadable));
      if (evidence.length === 0)
        return unverified('the card names no evidence: give reviews an `evidence` with file and sha256');
      return passed(`${counted(evidence.length, 'file')} with matching digests`);
    },
  },
  'impact-assessment': {
    title: 'Impact assessment',
    serves: ['eu-ai-act:27(1)(e)', 'eu-ai-act:9(2)'],
    stated: ({ agent }) => agent.reviews.impactAssessment !== null,
    look: ({ agent: { reviews }, evidence, now }) => {
      const review = reviews.impactAssessment;
      if (!review)
        return failed('the card has none: state `reviews.impactAssessment` with date, by and evidence');
      const date = instantsOf(review.date);
      if (!date) return unverified(`its date \`${review.date}\` is no ISO date`);
      if (date.first > now) return failed(`it is dated ${review.date}, which is yet to come`);
      const own = evidence.find((one) => one.review === 'impact assessment');
      if (!own) return unverified(`of ${review.date} by ${review.by}, but it names no evidence`);
      return passed(`of ${review.date} by ${review.by}, ${own.evidence.file}`);
    },
  },
  'adversarial-suite': {
    title: 'Adversarial suite',
    serves: ['eu-ai-act:15(5)/1', 'owasp-asi:ASI01'],
    look: ({ agent, suite, rules, replay }) => {
      if (!replay) return NO_REPLAY;
      const calls = suite.adversarial.get(agent.id) ?? 0;
      const missed = replay.findings.flatMap((one) =>
        one.kind === 'expectation' && one.expected === 'deny' ? [`${one.call} is ${one.actual}`] : [],
      );
      if (missed.length > 0)
        return failed(`${counted(missed.length, 'attack')} not denied: ${listed(missed)}`);
      if (calls < rules.adversarialCalls)
        return failed(
          `${counted(calls, 'recorded call')} by \`${agent.id}\` with \`expect: deny\`; ${rules.adversarialCalls} asked for`,
        );
      return passed(`${counted(calls, 'attack')} denied by the current policies`);
    },
  },
  'control-evidence': {
    title: 'Controls evidenced',
    serves: ['eu-ai-act:17(1)(a)'],
    look: ({ replay, rules }) => {
      if (!replay) return NO_REPLAY;
      const enforced = new Set(replay.policies.filter(({ mode }) => mode === 'enforce').map(({ id }) => id));
      // A control of grade context is never evidenced by a policy; one outside the profile is not asked for.
      const asked = replay.controls.filter(
        ({ grade, folded, policies }) =>
          grade !== 'context' && folded === null && policies.some((id) => enforced.has(id)),
      );
      if (asked.length === 0) return unverified('no policy that is enforced names a control');
      const missing = asked
        .filter(({ evidenced }) => !evidenced)
        .map((one) => `${one.ref}: ${one.missing.join(' ')}`);
      const seen = share(
        { covered: asked.length - missing.length, total: asked.length },
        rules.controlEvidence,
        'controls of enforced policies evidenced',
      );
      return missing.length === 0 ? seen : { ...seen, message: `${seen.message}; not: ${listed(missing)}` };
    },
  },
  'key-ring': {
    title: 'Key ring readable',
    serves: [],
    look: ({ ring }) => {
      if (ring.problems.length > 0) return unverified(listed(ring.problems));
      return ring.keys.length === 0
        ? unverified('no key is known: name a file under `governance.keys`')
        : passed(counted(ring.keys.length, 'key'));
    },
  },
  'sign-offs': {
    title: 'Signed off',
    serves: ['eu-ai-act:14(1)', 'eu-ai-act:17(1)(m)'],
    stated: ({ signOffs }) => signOffs.length > 0,
    look: signedOff,
  },
  'sign-off-roles': {
    title: 'Signed off by who answers for risk',
    serves: ['eu-ai-act:17(1)(m)'],
    look: ({ signOffs, rules }) => {
      const { inRole } = countSignOffs(signOffs, rules.signOffRoles);
      const roles = rules.signOffRoles.join(' or ');
      if (inRole.length === 0) return failed(`nobody in a role of ${roles} has signed`);
      return passed(`${inRole.join(', ')} in a role of ${roles}`);
    },
  },
};

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

function share({ covered, total }: Ratio, least: number, what: string): Seen {
  const actual = total === 0 ? 1 : covered / total;
  const figures = `${covered} of ${total} ${what}`;
  const asked = `${Number((least * 100).toFixed(2))} % asked for`;
  return actual < least ? failed(`${figures}; ${asked}`) : passed(`${figures}; ${asked}`);
}

function signedOff({ signOffs, rules }: GateFacts): Seen {
  const { people } = countSignOffs(signOffs, rules.signOffRoles);
  const told = signOffs.flatMap(({ signOff, message }) =>
    message === '' ? [] : [`${signOff.by}, ${signOff.role}: ${message}`],
  );
  const more = told.length > 0 ? `; ${listed(told)}` : '';
  const whose = people.length > 0 ? ` (${people.join(', ')})` : '';
  const figures = `${counted(people.length, 'person', 'people')} signed${whose}; ${rules.signOffs} asked for${more}`;
  if (people.length < rules.signOffs) {
    const open = signOffs.some(({ state }) => state === 'unverified');
    return open && rules.failsClosed ? unverified(figures) : failed(figures);
  }
  // Beyond those asked for, a bare name or a spoilt signature is told, and does not undo the others.
  return people.length === 0 && signOffs.length > 0 ? unverified(figures) : passed(figures);
}
