import type { PolicyReport, ReplayReport } from '@benchbook/model';
import type { Markup } from '../html/markup.ts';
import { code, fileLink } from './links.ts';

/** A policy by its name as a link to its text. */
export function policyLink(policy: PolicyReport): Markup {
  return fileLink(policy.file, policy.range.start, code(policyName(policy.id)));
}

/** Links to policies of a report by their ids; an id that the report does not have is no link. */
export function policyLinks(report: ReplayReport): (id: string) => Markup {
  const policies = new Map(report.policies.map((policy) => [policy.id, policy]));
  return (id) => {
    const policy = policies.get(id);
    return policy === undefined ? code(policyName(id)) : policyLink(policy);
  };
}

function policyName(id: string): string {
  return id.slice(id.indexOf('#') + 1);
}
