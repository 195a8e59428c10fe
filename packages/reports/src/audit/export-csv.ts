import {
  type AuditEntry,
  canonicalJson,
  type Json,
  type TrailMark,
  type TrailRecord,
} from '@benchbook/model';
import { csv } from '../format/csv.ts';
import type { TrailExport } from './export.ts';

const header = [
  'seq',
  'ts',
  'kind',
  'agent',
  'user',
  'tool',
  'server',
  'call',
  'session',
  'outcome',
  'enforced',
  'by',
  'determining',
  'context',
  'certificate',
  'note',
  'facts',
  'hash',
];

/** A row per record; what a trail says about itself stands in `note`. */
export function csvExport(): TrailExport {
  return {
    begin: () => csv([header]),
    record: ({ seq, entry, hash }: TrailRecord) => csv([[seq, entry.ts, entry.kind, ...cells(entry), hash]]),
    end: () => '',
  };
}

function cells(entry: AuditEntry | TrailMark): string[] {
  if (!('action' in entry)) {
    const { kind: _, ts: __, ...rest } = entry;
    return [...Array<string>(12).fill(''), canonicalJson(rest as unknown as Json), ''];
  }
  const { actor, action, determining, facts } = entry;
  return [
    actor.agent ?? '',
    actor.user ?? '',
    action.tool,
    action.server ?? '',
    action.call,
    action.session,
    entry.outcome ?? '',
    entry.enforced,
    entry.by,
    determining.join('; '),
    entry.context,
    entry.certificate ?? '',
    entry.note ?? '',
    facts === undefined ? '' : canonicalJson(facts),
  ];
}
