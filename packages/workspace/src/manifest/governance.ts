/** The section `governance` of the manifest. */
import { z } from 'zod';
import { globs, oneOf, path, section, share, wholeNumber } from './parts.ts';

const months = wholeNumber(1, 'a whole number of months above 0');

const pointer = z
  .string({ error: 'a JSON Pointer, such as /args/iban' })
  .regex(/^(\/[^/]+)+$/, { error: 'a JSON Pointer, such as /args/iban' });

const tier = section(
  {
    policyCoverage: share.optional().describe('Least share of policies that recorded calls applied.'),
    conditionCoverage: share.optional().describe('Least share of conditions seen true and false.'),
    signOffs: wholeNumber(0, 'a whole number of people').optional().describe('People who must have signed.'),
    validDays: wholeNumber(1, 'a whole number of days above 0')
      .optional()
      .describe('Days after which a certificate expires.'),
  },
  'an object with policyCoverage, conditionCoverage, signOffs, validDays',
);

const sink = z.looseObject(
  {
    kind: oneOf(['file', 'webhook', 'pagerduty', 'servicenow']).describe('What it is sent to.'),
    secret: z
      .string({ error: 'the name of an environment variable' })
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'the name of an environment variable' })
      .optional()
      .describe('Environment variable that holds the secret; the secret itself never stands here.'),
  },
  { error: 'an object with kind' },
);

export const governanceSchema = section(
  {
    checks: globs
      .optional()
      .describe('Policies that add to the built-in checks, or replace the one with the same rule id.'),
    keys: path
      .optional()
      .describe('The file of public keys that sign-offs and certificates are verified with.'),
    certificates: path.optional().describe('The folder of certificates, AGENT.json each.'),
    retentionMonths: months.optional().describe('Months that audit trails are kept.'),
    redact: z
      .array(
        section(
          {
            pointer: pointer.describe('Where in the call.'),
            how: oneOf(['drop', 'hash', 'mask']).describe('What is done with it.'),
          },
          'an object with pointer and how',
        ),
        { error: 'a list of objects with pointer and how' },
      )
      .optional()
      .describe('Personal data that is not written to audit trails.'),
    tiers: section(
      {
        low: tier.optional(),
        medium: tier.optional(),
        high: tier.optional(),
        critical: tier.optional(),
      },
      'an object with low, medium, high, critical',
    )
      .optional()
      .describe("What the gate asks of a tier, where that is not the tier's default."),
    critical: globs
      .optional()
      .describe('Policies whose violation is an incident, by id; * stands for anything.'),
    sinks: z.array(sink, { error: 'a list of objects with kind' }).optional().describe('Where incidents go.'),
  },
  'an object with checks, keys, certificates, retentionMonths, redact, tiers, critical, sinks',
);
