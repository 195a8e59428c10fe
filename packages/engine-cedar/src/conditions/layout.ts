import type { Condition, Statement } from '@benchbook/model';
import { compareText } from '../diagnostics.ts';
import { type CedarMapping, templatePointer } from '../request/mapping.ts';
import type { SetMember } from '../set/member.ts';
import type { Clause } from './outline.ts';

/** Where the conditions of one clause stand in `Layout.conditions`. */
export interface ClausePlace {
  readonly clause: Clause;
  /** The whole clause; null where it is one leaf. */
  readonly whole: number | null;
  /** The first of its leaves; the others follow. */
  readonly first: number;
}

/** All conditions and statements of a set, and where those of each member are. */
export interface Layout {
  readonly conditions: readonly Condition[];
  readonly statements: readonly Statement[];
  readonly members: readonly {
    readonly clauses: readonly ClausePlace[];
    /** Index in `statements`; links of one template share it. */
    readonly statement: number;
  }[];
}

/** Lays the conditions of a set out by file and place. The conditions of a link stand in its template. */
export function layOut(members: readonly SetMember[], mapping: CedarMapping): Layout {
  const conditions: Condition[] = [];
  const statements: Statement[] = [];
  const places: Layout['members'][number][] = new Array(members.length);
  const ordered = members
    .map((member, index) => ({ member, index, ...member.source }))
    .sort((a, b) => compareText(a.file, b.file) || a.offset - b.offset || a.index - b.index);
  for (const { member, index, file, offset } of ordered) {
    const moved = ({ start, end }: { start: number; end: number }) => ({
      start: start + offset,
      end: end + offset,
    });
    const clauses = member.outline.clauses.map((clause): ClausePlace => {
      const whole = clause.leaves.length > 1 ? conditions.length : null;
      if (whole !== null) conditions.push({ file, range: moved(clause.range), policy: index, parent: null });
      const first = conditions.length;
      for (const { range, comparison } of clause.leaves) {
        const pointer = comparison && templatePointer(mapping.context, comparison.path);
        conditions.push({
          file,
          range: moved(range),
          policy: index,
          parent: whole,
          ...(comparison && pointer
            ? {
                comparison: {
                  pointer,
                  of: 'value',
                  operator: comparison.operator,
                  literal: comparison.literal,
                },
              }
            : {}),
        });
      }
      return { clause, whole, first };
    });
    const head = moved(member.outline.head);
    const last = statements.at(-1);
    if (last?.file !== file || last.range.start !== head.start) statements.push({ file, range: head });
    places[index] = { clauses, statement: statements.length - 1 };
  }
  return { conditions, statements, members: places };
}
