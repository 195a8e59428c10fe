import type { SimulationReport } from '@benchbook/model';
import { count, counted, decimal } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html, type Markup } from '../../html/markup.ts';
import { prose } from '../../html/prose.ts';
import type { Section } from '../../html/section.ts';
import { table } from '../../html/table.ts';
import { shortTime, type Tone } from '../words.ts';

const ROWS = 500;

/** What a person should act on; errors first. */
export function findingsSection({ findings }: SimulationReport): Section | undefined {
  if (findings.length === 0) return undefined;
  const tones: { readonly [severity: string]: Tone } = { error: 'bad', warning: 'warn' };
  const rows = findings.slice(0, ROWS).map(({ code, severity, message }) => ({
    cells: [html`<b class="${tones[severity] ?? 'plain'}">${severity}</b>`, prose(message), code1(code)],
  }));
  return {
    id: 'findings',
    title: 'Findings',
    badge: count(findings.length),
    body: scroll(table('Findings', [{ title: 'severity' }, { title: 'what' }, { title: 'code' }], rows)),
  };
}

/** Agents with how they fail, and what came of their calls. */
export function agentsSection({ agents }: SimulationReport): Section | undefined {
  if (agents.length === 0) return undefined;
  const rows = agents
    .slice(0, ROWS)
    .map(({ agent, tier, failMode, overridden, calls, blocked, unvalidated }) => ({
      cells: [
        agent === null ? '(unknown)' : code1(agent),
        tier,
        overridden ? `${failMode} (overridden)` : failMode,
        count(calls),
        count(blocked),
        unvalidated > 0 ? html`<b class="bad">${count(unvalidated)}</b>` : '0',
      ],
    }));
  const columns = [
    { title: 'agent' },
    { title: 'tier' },
    { title: 'fails' },
    ...['calls', 'blocked', 'unvalidated'].map((title) => ({ title, figures: true })),
  ];
  return {
    id: 'agents',
    title: 'Agents',
    badge: count(agents.length),
    body: scroll(table('Agents', columns, rows)),
  };
}

/** Breakers that tripped: when, at which call, what they stopped, and who reset them. */
export function breakersSection({ breakers }: SimulationReport): Section | undefined {
  if (breakers.length === 0) return undefined;
  const rows = breakers.slice(0, ROWS).map((one) => ({
    cells: [
      code1(one.rule),
      code1(one.key),
      shortTime(one.trippedAt),
      code1(one.call),
      decimal(one.count),
      decimal(one.limit),
      count(one.blocked),
      one.reset === null
        ? html`<b class="warn">not reset</b>`
        : html`${shortTime(one.reset.at)} by ${visible(one.reset.by)}<br><small>${visible(one.reset.reason)}</small>`,
    ],
  }));
  const columns = [
    { title: 'breaker' },
    { title: 'key' },
    { title: 'tripped (UTC)' },
    { title: 'at call' },
    ...['count', 'limit', 'calls stopped'].map((title) => ({ title, figures: true })),
    { title: 'reset' },
  ];
  return {
    id: 'breakers',
    title: 'Circuit breakers',
    badge: counted(breakers.length, 'trip'),
    body: scroll(table('Circuit breakers', columns, rows)),
  };
}

/** Policies in audit mode: whether each can be enforced, and why. */
export function trialsSection({ audit }: SimulationReport): Section | undefined {
  if (audit.length === 0) return undefined;
  const tones: { readonly [word: string]: Tone } = { enforce: 'good', wait: 'warn', mend: 'bad' };
  const rows = audit.slice(0, ROWS).map((one) => ({
    cells: [
      code1(one.policy),
      html`<b class="${tones[one.recommendation]!}">${one.recommendation}</b><br><small>${visible(one.why)}</small>`,
      ...[one.wouldBlock, one.wouldEscalate, one.confirmed, one.falseAlarms, one.unlabelled].map(count),
    ],
  }));
  const columns = [
    { title: 'policy' },
    { title: 'recommendation' },
    ...['would block', 'would escalate', 'confirmed', 'false alarms', 'unlabelled'].map((title) => ({
      title,
      figures: true,
    })),
  ];
  return {
    id: 'trials',
    title: 'From audit to enforcement',
    badge: count(audit.length),
    body: scroll(table('Policies in audit mode', columns, rows)),
  };
}

/** What a person would be called for. */
export function incidentsSection({ incidents }: SimulationReport): Section | undefined {
  if (incidents.length === 0) return undefined;
  const rows = incidents.slice(0, ROWS).map((one) => ({
    cells: [
      one.severity,
      visible(one.summary),
      html`${shortTime(one.first)}<br><small>${visible(one.firstCall)}</small>`,
      count(one.count),
    ],
  }));
  const columns = [
    { title: 'severity' },
    { title: 'what' },
    { title: 'first (UTC)' },
    { title: 'times', figures: true },
  ];
  return {
    id: 'incidents',
    title: 'Incidents',
    badge: count(incidents.length),
    body: scroll(table('Incidents', columns, rows)),
  };
}

function code1(text: string): Markup {
  return html`<code>${visible(text)}</code>`;
}

function scroll(inner: Markup): Markup {
  return html`<div class="scroll">${inner}</div>`;
}
