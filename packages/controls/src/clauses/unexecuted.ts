import type { UnexecutedClause } from '@benchbook/model';
import type { Catalog } from '../catalog/catalog.ts';
import { formatReference } from '../reference/reference.ts';

/**
 * The clauses of a company's own catalogs that no policy serves, in the order of their documents. `servedRefs` are
 * references as `resolveControl` writes them. Clauses of grade `context` ask nothing of a policy and are left out.
 */
export function unexecutedClauses(
  companyCatalogs: readonly Catalog[],
  servedRefs: Iterable<string>,
): readonly UnexecutedClause[] {
  const served = new Set(servedRefs);
  return companyCatalogs.flatMap((catalog) =>
    catalog.provisions
      .filter((provision) => provision.evidenceGrade !== 'context')
      .flatMap((provision) =>
        (provision.editions ?? catalog.editions).map((edition) => ({
          ref: formatReference({ framework: catalog.framework, edition, id: provision.id }),
          title: provision.title,
          ...(catalog.document === undefined ? {} : { document: catalog.document }),
          ...(catalog.sha256 === undefined ? {} : { sha256: catalog.sha256 }),
        })),
      )
      .filter(({ ref }) => !served.has(ref)),
  );
}
