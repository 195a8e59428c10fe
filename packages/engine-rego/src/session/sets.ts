import { digest, type EngineOptions, type Json, type TextDocument, writeJson } from '@benchbook/model';
import type { Forward } from '../lanes/fast/forward.ts';
import { createFastLane, type FastLane } from '../lanes/fast/lane.ts';
import { createLanes } from '../lanes/lanes.ts';
import { createReferenceLane } from '../lanes/reference.ts';
import { factReads } from '../request/reads.ts';
import { type RegoRequest, RegoRequests } from '../request/requests.ts';
import { createCoverage, createCoveringPass } from '../set/coverage.ts';
import { clausesOf, rulesOf } from '../set/entrypoints.ts';
import { createErrorTeller } from '../set/errors.ts';
import { createSet, type RegoSet } from '../set/set.ts';
import type { SetChoice } from '../sets/choose.ts';
import { placesOf } from '../sets/places.ts';
import { policiesOf } from '../sets/policies.ts';
import type { SetFacts } from '../toolchain/protocol.ts';
import type { Program, Workbench } from '../workbench/workbench.ts';

export const DEFAULT_BUDGET = 50_000;

/** Requests from which on compiling a fast lane pays. */
const WORTH_A_LANE = 32;

/** What all sets of a version share. */
export interface SetContext {
  readonly workbench: Workbench;
  readonly program: Program;
  /** Base data as JSON text. */
  readonly data: string;
  readonly forward: Forward;
  readonly options: EngineOptions;
  documentOf(file: string): TextDocument | undefined;
}

/** The policy sets of a compiled version. */
export function createSets(
  context: SetContext,
  choices: readonly SetChoice[],
  facts: readonly SetFacts[],
): RegoSet[] {
  let firstClause = 0;
  return choices.map((choice, number) => {
    const set = oneSet(context, choice, facts[number]!, number, firstClause);
    firstClause += choice.rules.reduce((sum, rule) => sum + rule.clauses.length, 0);
    return set;
  });
}

function oneSet(
  context: SetContext,
  choice: SetChoice,
  facts: SetFacts,
  number: number,
  firstClause: number,
): RegoSet {
  const { workbench, program, options, documentOf } = context;
  const id = `rego:data.${choice.path.join('.')}`;
  const budget = options.budget ?? DEFAULT_BUDGET;
  const mapped =
    options.mapping && Object.hasOwn(options.mapping, 'input') ? options.mapping.input : undefined;
  const policies = policiesOf(choice, facts, documentOf, (reads, builtins) =>
    factReads(reads, builtins, mapped),
  );
  const builtins = facts.rules.flatMap((rule) => rule.clauses.flatMap((clause) => clause.builtins));
  const inputs = facts.rules.flatMap(({ reads }) => reads);
  const fast = lateFastLane(context, choice, number, id, budget);
  return createSet({
    id,
    digest: setDigest(id, choice, facts, mapped, budget),
    reads: factReads(inputs, builtins, mapped),
    rules: choice.rules,
    policies,
    number,
    firstClause,
    lane: createLanes(
      createReferenceLane(workbench, program, budget),
      fast.lane,
      avoidedRequests(id, options),
    ),
    errors: createErrorTeller(policies, documentOf),
    coverage: createCoverage(
      placesOf(facts, policies, documentOf, mapped === undefined),
      createCoveringPass(workbench, program, number, budget),
    ),
    prepare(rows) {
      fast.prepared(rows.length);
      return new RegoRequests(rows, mapped);
    },
  });
}

/** A fast lane that is compiled once enough requests were prepared for it; never for a set that it got stuck in. */
function lateFastLane(
  { workbench, program, data, forward, options }: SetContext,
  choice: SetChoice,
  number: number,
  id: string,
  budget: number,
): { lane(): FastLane | undefined; prepared(count: number): void } {
  const wanted =
    options.fastLane !== false && !options.avoidFastLane?.some(({ set, key }) => set === id && key === null);
  let requests = 0;
  let lane: FastLane | undefined | null = wanted ? null : undefined;

  function make(): FastLane | undefined {
    const entrypoints = [rulesOf(number), ...choice.rules.map((_, rule) => clausesOf(number, rule))];
    try {
      const plan = workbench.with(program, (toolchain, handle) => toolchain.plan(handle, entrypoints));
      return createFastLane(plan, entrypoints, data, forward, budget);
    } catch {
      // What cannot be compiled is decided in the reference lane.
      return undefined;
    }
  }

  return {
    lane() {
      if (lane === null && requests >= WORTH_A_LANE) lane = make();
      return lane ?? undefined;
    },
    prepared(count) {
      requests += count;
    },
  };
}

/** Requests that got stuck before, by the digest of their input. */
function avoidedRequests(id: string, options: EngineOptions): (request: RegoRequest) => boolean {
  const keys = new Set(
    options.avoidFastLane?.flatMap(({ set, key }) => (set === id && key !== null ? [key] : [])),
  );
  return keys.size === 0 ? () => false : (request) => keys.has(digest(request.text));
}

function setDigest(
  id: string,
  choice: SetChoice,
  facts: SetFacts,
  mapped: Json | undefined,
  budget: number,
): string {
  const roles = choice.rules.map(({ path, role }) => `${path.join('.')} ${role}`);
  return digest([id, facts.digest, ...roles, writeJson(mapped), String(budget)].join('\n'));
}
