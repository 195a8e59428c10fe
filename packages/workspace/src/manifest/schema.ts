/**
 * The shape of `benchbook.yaml`. Descriptions go into the published JSON Schema; `error` texts finish the
 * sentence "`key` must be ...".
 */
import type { EngineManifest } from '@benchbook/model';
import { z } from 'zod';
import { governanceSchema } from './governance.ts';
import { DEFAULT_MANIFEST } from './manifest.ts';
import { anyGlob, globs, oneOf, positive, section, share, word } from './parts.ts';

/** What of an engine's manifest the schema is made from. */
export type ManifestEngine = Pick<EngineManifest, 'name' | 'title' | 'settingKeys' | 'mappingKeys'>;

/** An engine's section: open, unless the engine tells its keys. */
function engineSection(keys: readonly string[] | undefined, what: string) {
  if (!keys) return z.looseObject({}, { error: what });
  return section(Object.fromEntries(keys.map((key) => [key, z.unknown().optional()])), what);
}

function perEngine(
  engines: readonly ManifestEngine[],
  of: (engine: ManifestEngine) => z.ZodType,
  what: string,
) {
  return section(Object.fromEntries(engines.map((engine) => [engine.name, of(engine).optional()])), what);
}

/** The schema of the manifest for these engines; every key but `version` is optional. */
export function manifestSchema(engines: readonly ManifestEngine[]) {
  const names = engines.map((engine) => engine.name).join(', ');
  const defaults = DEFAULT_MANIFEST;
  const general = {
    version: z.literal(1, { error: '1, the only version there is' }).describe('Version of this format.'),
    policies: globs
      .describe('Policy files; data mounts relative to the fixed part of the glob.')
      .meta({ default: defaults.policies }),
    traces: globs.describe('Recordings.').meta({ default: defaults.traces }),
    agents: globs.describe('The registry: agent cards, YAML or JSON.').meta({ default: defaults.agents }),
    tools: globs
      .describe('Answers of MCP tools/list: names of tools and JSON Schemas of their arguments.')
      .meta({ default: defaults.tools }),
    catalogs: globs
      .describe("The company's own clauses, in the shape of the built-in catalogs.")
      .meta({ default: defaults.catalogs }),
    default: oneOf(['allow', 'deny', 'escalate'])
      .describe('What is decided where no set applies.')
      .meta({ default: defaults.default }),
    audit: globs.describe('Policies that are decided and reported, not applied.'),
    controls: z
      .array(
        z
          .string({ error: 'a string' })
          .regex(/^[A-Za-z0-9][\w-]*(@[\w.-]+)?$/, { error: '`framework` or `framework@edition`' }),
        { error: 'a list of frameworks, such as ["eu-ai-act@2026-07-27"]' },
      )
      .describe('Frameworks that are reported, with the edition that bare references mean.'),
    profile: section(
      { role: word.optional(), riskClass: word.optional() },
      'an object with role and riskClass',
    ).describe('Which provisions apply.'),
    mapping: perEngine(
      engines,
      (engine) =>
        engineSection(engine.mappingKeys, 'an object').describe(
          `How a call becomes a request of ${engine.title}.`,
        ),
      `an object with ${names}`,
    ).describe('How a call becomes a request: JSON Pointers into the call, or literals.'),
    thresholds: section(
      {
        policyCoverage: share.optional().describe('Least share of policies that applied at least once.'),
        conditionCoverage: share.optional().describe('Least share of conditions seen true and false.'),
        p99Ratio: positive.optional().describe("Highest p99 as a factor of the base's."),
        p99Ms: positive.optional().describe('Highest p99 in milliseconds.'),
      },
      'an object with policyCoverage, conditionCoverage, p99Ratio, p99Ms',
    ).describe('Limits that make a run a finding; what is not set is not checked.'),
    sets: z
      .array(
        section(
          {
            policies: globs.describe('Policy files that are narrowed.'),
            tools: z
              .array(anyGlob, {
                error: 'a list of tool names or globs, such as ["refund"]',
              })
              .describe('Tools they are asked about.'),
          },
          'an object with policies and tools',
        ),
        { error: 'a list of objects with policies and tools' },
      )
      .describe('Narrows sets to tools.'),
    diagnostics: z
      .record(
        z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*(\/[a-z0-9]+(-[a-z0-9]+)*)?$/),
        oneOf(['off', 'hint', 'info', 'warning', 'error']),
        { error: 'an object from diagnostic codes to off, hint, info, warning or error' },
      )
      .describe('Severity of diagnostics by code.'),
    budget: perEngine(
      engines,
      () =>
        z
          .number({ error: 'a whole number of steps above 0' })
          .int({ error: 'a whole number of steps above 0' })
          .min(1, { error: 'a whole number of steps above 0' }),
      `an object with ${names}`,
    ).describe('Steps after which a decision is stopped, per engine.'),
    governance: governanceSchema.describe('How agents are registered, certified and watched.'),
  };
  const settings: Record<string, z.ZodType> = {};
  for (const engine of engines) {
    settings[engine.name] = engineSection(engine.settingKeys, 'an object').describe(
      `Settings of ${engine.title}.`,
    );
  }
  return { general, settings };
}

/** JSON Schema (draft 7, which editors know best) of `benchbook.yaml`. */
export function manifestJsonSchema(engines: readonly ManifestEngine[]): unknown {
  const { general, settings } = manifestSchema(engines);
  const { version, ...rest } = general;
  const optional = Object.fromEntries(
    Object.entries({ ...rest, ...settings }).map(([key, schema]) => [key, schema.optional()]),
  );
  return z.toJSONSchema(
    z.strictObject({ version: version.optional(), ...optional }).meta({
      title: 'benchbook.yaml',
      description: 'A Benchbook workspace: which policies decide, and which recordings they are replayed on.',
    }),
    { target: 'draft-7' },
  );
}
