import type { SimulationReport } from '@benchbook/model';
import { markdownCode, markdownText } from '../format/markdown.ts';
import { count, counted, decimal } from '../format/numbers.ts';
import { fixedPart, layParts, listPart, type Part, tablePart } from '../markdown/part.ts';
import type { Reporter } from '../reporter.ts';
import { foldEvents } from './fold-events.ts';
import { closingLine, errorsOf, eventWords, reviewWords, shortTime, verdictOf } from './words.ts';

const ITEMS = 50;

/** The simulation as a comment of a pull request or a job summary. */
export const simulateMarkdown: Reporter<SimulationReport> = (report) =>
  layParts(
    [
      fixedPart(headline(report)),
      findings(report),
      agents(report),
      outages(report),
      breakers(report),
      fixedPart(reviews(report)),
      timeLine(report),
      incidents(report),
      trials(report),
    ],
    closingLine(report),
  );

function headline(report: SimulationReport): string[] {
  const { sentence } = verdictOf(report);
  const errors = errorsOf(report);
  return [
    `## Benchbook simulation: ${errors > 0 ? counted(errors, 'error') : 'nothing to act on'}`,
    '',
    `**${sentence}**`,
    '',
    `${counted(report.summary.calls, 'call')}; ${markdownText(report.pdp.description)}.`,
  ];
}

function findings({ findings: all }: SimulationReport): Part {
  const items = all.map(
    ({ code, severity, message }) => `- **${severity}** ${markdownCode(message)} (${code})`,
  );
  return listPart(['### Findings', ''], items, ITEMS);
}

function agents({ agents: all }: SimulationReport): Part {
  return tablePart({
    above: ['### Agents', ''],
    header: ['agent', 'tier', 'fails', 'calls', 'blocked', 'unvalidated'],
    right: [3, 4, 5],
    rows: all.map(({ agent, tier, failMode, overridden, calls, blocked, unvalidated }) => [
      agent === null ? '(unknown)' : markdownCode(agent),
      tier,
      overridden ? `${failMode} (overridden)` : failMode,
      count(calls),
      count(blocked),
      count(unvalidated),
    ]),
  });
}

function outages({ outages: all, pdp }: SimulationReport): Part {
  return tablePart({
    above: [`### Outages (${pdp.state})`, ''],
    header: ['from', 'to', 'calls', 'blocked', 'unvalidated'],
    right: [2, 3, 4],
    rows: all.map(({ from, to, calls, blocked, unvalidated }) => [
      shortTime(from),
      shortTime(to),
      count(calls),
      count(blocked),
      count(unvalidated),
    ]),
  });
}

function breakers({ breakers: all }: SimulationReport): Part {
  return tablePart({
    above: ['### Breakers', ''],
    header: ['breaker', 'key', 'tripped', 'at call', 'count', 'limit', 'stopped', 'reset'],
    right: [4, 5, 6],
    rows: all.map(({ rule, key, trippedAt, call, count: counted, limit, blocked, reset }) => [
      markdownCode(rule),
      markdownCode(key),
      shortTime(trippedAt),
      markdownCode(call),
      decimal(counted),
      decimal(limit),
      count(blocked),
      reset === null
        ? 'no'
        : `${shortTime(reset.at)} by ${markdownCode(reset.by)}: ${markdownCode(reset.reason)}`,
    ]),
  });
}

function reviews(report: SimulationReport): string[] {
  const words = reviewWords(report);
  return words === '' ? [] : ['### Reviews', '', words];
}

function timeLine({ events, eventsLeftOut }: SimulationReport): Part {
  const more = eventsLeftOut > 0 ? `, ${count(eventsLeftOut)} more left out` : '';
  return tablePart({
    fold: `Time line: ${counted(events.length, 'event')}${more}`,
    header: ['time (UTC)', 'event', 'call', 'what'],
    rows: foldEvents(events).map(({ event, times, last }) => [
      shortTime(event.ts),
      eventWords[event.kind].word,
      event.call === null ? '' : markdownCode(event.call),
      times > 1 ? `${count(times)} calls until ${shortTime(last)}` : markdownCode(event.message),
    ]),
    most: 200,
  });
}

function incidents({ incidents: all }: SimulationReport): Part {
  return tablePart({
    above: ['### Incidents', ''],
    header: ['severity', 'what', 'first', 'times'],
    right: [3],
    rows: all.map(({ severity, summary, first, count: times }) => [
      severity,
      markdownCode(summary),
      shortTime(first),
      count(times),
    ]),
  });
}

function trials({ audit }: SimulationReport): Part {
  return tablePart({
    above: ['### From audit to enforcement', ''],
    header: ['policy', 'would block', 'would escalate', 'confirmed', 'false alarms', 'unlabelled', '', 'why'],
    right: [1, 2, 3, 4, 5],
    rows: audit.map((one) => [
      markdownCode(one.policy),
      count(one.wouldBlock),
      count(one.wouldEscalate),
      count(one.confirmed),
      count(one.falseAlarms),
      count(one.unlabelled),
      `**${one.recommendation}**`,
      markdownCode(one.why),
    ]),
  });
}
