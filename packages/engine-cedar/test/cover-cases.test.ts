import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { SourceFile } from '@benchbook/model';
import { writeJson } from '@benchbook/model';
import { expect, test } from 'vitest';
import { readJsonArray } from '../src/entities/json-source.ts';
import type { EntityUid } from '../src/policies/uid.ts';
import type { CedarRequest } from '../src/request/prepare.ts';
import type { CedarSet } from '../src/set/policy-set.ts';
import { rebuiltState } from './rebuilt.ts';
import { openSession } from './support.ts';

/** Cedar's own cases, where they are there. */
const cases = new URL('../../../../shared/conformance/cedar-cases.jsonl.gz', import.meta.url);

interface Case {
  readonly policies: string;
  readonly schema: string;
  readonly entities: never;
  readonly requests: readonly (CedarRequest & { readonly decision: string })[];
}

// Elsewhere than in the place where they are kept there is nothing to hold it against.
test.skipIf(!existsSync(cases))('the rebuilt policies say of every case what Cedar says', async () => {
  const session = await openSession();
  const seen = { requests: 0, applied: 0, error: 0, silent: 0, conditions: 0 };
  const differing: string[] = [];
  for (const line of gunzipSync(readFileSync(cases)).toString('utf8').split('\n')) {
    if (line === '') continue;
    const one = readJsonArray(`[${line}]`).elements[0]!.value as unknown as Case;
    const file = (path: string, role: SourceFile['role'], text: string): SourceFile => ({
      path,
      rootPath: path,
      role,
      language: 'cedar',
      text,
    });
    session.update({
      files: [
        file('case.cedar', 'policy', one.policies),
        file('case.cedarschema', 'schema', one.schema),
        file('case.entities.json', 'entities', writeJson(one.entities)),
      ],
      tools: [],
      agents: [],
      numbers: [],
    });
    const set = (await session.snapshot()).sets[0] as CedarSet | undefined;
    if (!set) continue;
    const requests = set.prepareCedar(one.requests.map(plain));
    one.requests.forEach((_, row) => {
      const { states } = set.observe(requests, row);
      const cover = set.cover(requests, row);
      seen.requests++;
      states.forEach((state, policy) => {
        if (state === 'unreached') return;
        const rebuilt = rebuiltState(set, cover, policy);
        seen[state]++;
        if (rebuilt !== state) differing.push(`${state}, not ${rebuilt}: ${one.policies}`);
      });
      seen.conditions += cover.conditions.filter((state) => state !== 'unreached').length;
    });
  }
  session.close();
  expect(differing).toEqual([]);
  expect(seen).toEqual({ requests: 3738, applied: 2430, error: 209, silent: 1122, conditions: 6244 });
});

function plain(request: CedarRequest): CedarRequest {
  const uid = (one: EntityUid | { readonly __entity: EntityUid }) => ('__entity' in one ? one.__entity : one);
  return {
    ...request,
    principal: uid(request.principal),
    action: uid(request.action),
    resource: uid(request.resource),
  };
}
