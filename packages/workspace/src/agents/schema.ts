/**
 * The shape of an agent card (`agents/*.yaml`). Descriptions go into the published JSON Schema; `error` texts finish
 * the sentence "`member` must be ...". Members that are not listed are free attributes, which policies see as well.
 */
import { z } from 'zod';
import { oneOf, section, wholeNumber } from '../manifest/parts.ts';

const text = z.string({ error: 'a text' }).min(1, { error: 'a text, not an empty one' });
const minutes = wholeNumber(1, 'a whole number of minutes above 0');
const months = wholeNumber(1, 'a whole number of months above 0');

const DAY = 'a day that the calendar has, such as 2026-05-01';
const day = z
  .string({ error: DAY })
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: DAY })
  .refine((value) => isDay(value), { error: DAY });

const file = z
  .string({ error: 'a path below the workspace' })
  .min(1, { error: 'a path below the workspace' })
  .refine((path) => !/^\/|\\|(^|\/)\.\.(\/|$)/.test(path), {
    error: 'a path below the workspace, without a leading `/` and without `..`',
  });

const evidence = section(
  {
    file: file.describe('Path below the workspace.'),
    sha256: z
      .string({ error: 'a SHA-256 in 64 hexadecimal digits' })
      .regex(/^[0-9a-f]{64}$/, { error: 'a SHA-256 in 64 small hexadecimal digits' })
      .describe('SHA-256 of the file when the review was made.'),
  },
  'an object with file and sha256',
).describe('A file that shows it, with its digest.');

const review = {
  date: day.describe('ISO day on which it was done.'),
  by: text.describe('Who did it.'),
  evidence: evidence.optional(),
};

const signOff = section(
  {
    role: text.describe('In which role: risk, security, business, ...'),
    ...review,
    envelope: file.optional().describe('DSSE file that holds the signature; without one it is a bare name.'),
  },
  'an object with role, by, date',
);

const breaker = section(
  {
    id: text.describe('Its name in reports.'),
    count: oneOf(['violations', 'calls', 'sum']).describe(
      'violations: calls not allowed; calls: all that match; sum: of the number at `pointer`.',
    ),
    pointer: z
      .string({ error: 'a JSON Pointer, such as /args/amount' })
      .regex(/^(\/[^/]+)+$/, { error: 'a JSON Pointer, such as /args/amount' })
      .optional()
      .describe('Where the number of `sum` stands in the call.'),
    tools: z
      .array(text, { error: 'a list of tool names' })
      .optional()
      .describe('Tool names, with `*`; without them every tool counts.'),
    per: oneOf(['agent', 'user', 'tool']).describe('What is counted apart.'),
    limit: z
      .number({ error: 'a number above 0' })
      .refine((value) => value > 0, { error: 'a number above 0' })
      .describe('Above it the breaker trips.'),
    windowMinutes: minutes.describe('Length of the sliding window.'),
  },
  'an object with id, count, per, limit, windowMinutes',
);

const tool = z.union(
  [
    text,
    section(
      {
        name: text.describe('As recordings name it.'),
        scopes: z
          .array(text, { error: 'a list of scopes' })
          .optional()
          .describe('What of the tool is needed: accounts, folders, rights.'),
      },
      'a tool name, or an object with name and scopes',
    ),
  ],
  { error: 'a tool name, or an object with name and scopes' },
);

const TIERS = ['low', 'medium', 'high', 'critical'] as const;

/** Members of a card that mean something here; each is optional but `id`. */
export const agentMembers = {
  id: text.describe('The agent id that recordings name.'),
  name: text.optional().describe('For people.'),
  owner: text.optional().describe('The team that owns it, reachable: an address.'),
  accountable: section(
    {
      name: text.describe('The person who answers for it.'),
      role: text.optional().describe('In which role.'),
    },
    'an object with name and role',
  )
    .optional()
    .describe('The person who answers for the agent.'),
  purpose: text.optional().describe('What it is for, and what it is not for.'),
  risk: section(
    {
      dataSensitivity: oneOf(['public', 'internal', 'confidential', 'restricted'])
        .optional()
        .describe('The most sensitive data that it reads.'),
      decisionAuthority: oneOf(['informs', 'recommends', 'acts-with-approval', 'acts-alone'])
        .optional()
        .describe('How far it goes without a person.'),
      blastRadius: oneOf(['one-record', 'one-team', 'organisation', 'third-parties'])
        .optional()
        .describe('Whom a wrong act reaches.'),
    },
    'an object with dataSensitivity, decisionAuthority, blastRadius',
  )
    .optional()
    .describe('The three axes that the risk tier follows from.'),
  riskTier: oneOf(TIERS)
    .optional()
    .describe('The tier as stated: may be above what the axes say, and below with `tierReason`.'),
  tierReason: text.optional().describe('Why the stated tier is lower than what the axes say.'),
  tools: z
    .array(tool, { error: 'a list of tool names' })
    .optional()
    .describe('Tools that the agent needs: names, or name and scopes.'),
  model: text.optional().describe('The model it runs on.'),
  deployment: section(
    {
      environment: text.optional().describe('production, staging, development, ...'),
      failMode: oneOf(['closed', 'open'])
        .optional()
        .describe('What happens to calls while nothing decides; without it by tier.'),
      breakers: z
        .array(breaker, { error: 'a list of circuit breakers' })
        .optional()
        .describe('Limits over a sliding window that stop everything until a person resets them.'),
      approvers: z
        .array(text, { error: 'a list of people or groups' })
        .optional()
        .describe('Who may approve escalated calls and reset breakers.'),
      reviewMinutes: minutes.optional().describe('In which an escalated call must be reviewed.'),
      retentionMonths: months.optional().describe('Months that the audit trail is kept.'),
    },
    'an object with environment, failMode, breakers, approvers, reviewMinutes, retentionMonths',
  )
    .optional()
    .describe('How it runs.'),
  reviews: section(
    {
      impactAssessment: section(review, 'an object with date, by, evidence')
        .optional()
        .describe('What it may do to people, assessed.'),
      adversarialTest: section(review, 'an object with date, by, evidence')
        .optional()
        .describe('The last run of the adversarial suite.'),
      signOffs: z
        .array(signOff, { error: 'a list of sign-offs' })
        .optional()
        .describe("People's word for this state of the agent."),
    },
    'an object with impactAssessment, adversarialTest, signOffs',
  )
    .optional()
    .describe('What was reviewed, by whom, when, and what shows it.'),
};

/** JSON Schema (draft 7, which editors know best) of one agent card. */
export function agentJsonSchema(): unknown {
  return z.toJSONSchema(
    z.looseObject(agentMembers).meta({
      title: 'Agent card',
      description: 'One agent of the registry. Further members are attributes that policies may read.',
    }),
    { target: 'draft-7' },
  );
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
