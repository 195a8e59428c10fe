import { type AuditEntry, type Json, type TrailRecord, writeJson } from '@benchbook/model';
import type { TrailExport } from './export.ts';

/** API Activity (6003) of OCSF 1.8.0 with the profile Security Control. */
const VERSION = '1.8.0';
const CATEGORY = { category_uid: 6, category_name: 'Application Activity' };
const CLASS = { class_uid: 6003, class_name: 'API Activity' };
/** What a tool does (create, read, ...) is not known. */
const OTHER = 99;

/** JSON Lines, an event per decision or act; what a trail says about itself is no event. */
export function ocsfExport(): TrailExport {
  return {
    begin: () => '',
    record: (record) => ('action' in record.entry ? `${writeJson(event(record, record.entry))}\n` : ''),
    end: () => '',
  };
}

function event({ seq, prev, hash }: TrailRecord, entry: AuditEntry): Json {
  const { actor, action, outcome, enforced, by, determining, note, facts } = entry;
  const permitted = enforced === 'permitted';
  const name = activityNames[entry.kind];
  const time = Date.parse(entry.ts);
  return {
    ...CATEGORY,
    ...CLASS,
    activity_id: OTHER,
    activity_name: name,
    type_uid: CLASS.class_uid * 100 + OTHER,
    type_name: `${CLASS.class_name}: Other`,
    time: Number.isNaN(time) ? 0 : time,
    ...severity(entry),
    status_id: permitted ? 1 : 2,
    status: permitted ? 'Success' : 'Failure',
    status_detail: `${outcome ?? 'no decision'}, by ${by}`,
    action_id: permitted ? 1 : 2,
    action: permitted ? 'Allowed' : 'Denied',
    ...disposition(entry),
    message: `${name}: ${action.tool} ${enforced} by ${by}`,
    metadata: {
      version: VERSION,
      profiles: ['security_control'],
      product: { name: 'Benchbook', vendor_name: 'Benchbook', feature: { name: 'audit trail' } },
      log_name: 'audit trail',
      uid: hash,
      sequence: seq,
      original_time: entry.ts,
    },
    actor: {
      ...(actor.agent !== null && { app_name: actor.agent, app_uid: actor.agent }),
      ...(actor.user !== null && { user: { uid: actor.user } }),
      session: { uid: action.session },
    },
    api: {
      operation: action.tool,
      request: { uid: action.call },
      ...(action.server !== null && { service: { name: action.server } }),
    },
    src_endpoint: { name: actor.agent ?? 'unknown' },
    ...(determining.length > 0 && {
      authorizations: determining.map((uid) => ({
        ...(outcome !== null && { decision: outcome }),
        policy: { uid },
      })),
    }),
    unmapped: {
      benchbook: {
        kind: entry.kind,
        outcome,
        by,
        context: entry.context,
        certificate: entry.certificate,
        prev,
        ...(note !== undefined && { note }),
        ...(facts && { facts }),
      },
    },
  };
}

const activityNames: { readonly [kind in AuditEntry['kind']]: string } = {
  decision: 'Tool call',
  reset: 'Breaker reset',
  review: 'Review',
};

/** What got through without a decision weighs most; what was stopped for want of one, or in numbers, comes next. */
function severity({ enforced, by }: AuditEntry): { severity_id: number; severity: string } {
  if (enforced === 'permitted')
    return by === 'fail-mode'
      ? { severity_id: 4, severity: 'High' }
      : { severity_id: 1, severity: 'Informational' };
  return by === 'fail-mode' || by === 'breaker'
    ? { severity_id: 3, severity: 'Medium' }
    : { severity_id: 2, severity: 'Low' };
}

function disposition({ kind, enforced, by }: AuditEntry): { disposition_id: number; disposition: string } {
  if (kind === 'reset') return { disposition_id: 21, disposition: 'Reset' };
  if (by === 'review' && enforced === 'permitted') return { disposition_id: 8, disposition: 'Approved' };
  if (by === 'review') return { disposition_id: 25, disposition: 'Rejected' };
  return enforced === 'permitted'
    ? { disposition_id: 1, disposition: 'Allowed' }
    : { disposition_id: 2, disposition: 'Blocked' };
}
