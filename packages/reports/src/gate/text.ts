import type { GateCheck, GateReport, VerifyReport } from '@benchbook/model';
import { counted } from '../format/numbers.ts';
import { visible } from '../format/visible.ts';
import { cutMiddle, pad } from '../format/width.ts';
import type { Reporter } from '../reporter.ts';
import { heading, lay, more, type Page, pageFor, paragraph } from '../text/section.ts';
import { gateClosing, gateSentence, verifySentence } from './words.ts';

/** Reasons of one list; JSON has them all. */
const SHOWN = 50;

/** The gate as people read it in a terminal: each condition, what was seen, what is certified. */
export const gateText: Reporter<GateReport> = (report, options) => {
  const page = pageFor(options);
  const style = report.outcome === 'refused' ? page.paint.red : page.paint.green;
  return lay(
    [
      headline(page, `${report.agent}: ${gateSentence(report)}`, style),
      report.checks.flatMap((check) => checkLines(check, page)),
      notes(report, page),
      subjects(report, page),
    ],
    gateClosing(report),
  );
};

/** What became of a certificate as people read it in a terminal. */
export const verifyText: Reporter<VerifyReport> = (report, options) => {
  const page = pageFor(options);
  const { red, green } = page.paint;
  const key =
    report.key === null ? [] : [`  signed with ${visible(report.key)}, issued ${report.issued ?? '-'}`];
  return lay(
    [
      [
        ...report.reasons.slice(0, SHOWN).flatMap((reason) => bullet(page, reason)),
        ...more(page, SHOWN, report.reasons.length, '; --format json lists them all'),
        ...key,
      ],
    ],
    (report.state === 'valid' ? green : red)(visible(`${report.agent}: ${verifySentence(report)}`)),
  );
};

function headline(page: Page, sentence: string, style: (text: string) => string): string[] {
  return paragraph(page, sentence, 0).map((line) => page.paint.bold(style(line)));
}

function checkLines({ state, title, message }: GateCheck, page: Page): string[] {
  const { red, yellow, green } = page.paint;
  const style = { passed: green, failed: red, unverified: yellow }[state];
  return [`  ${style(pad(state, 10))}  ${visible(title)}`, ...paragraph(page, message, 14)];
}

function notes({ notes: all, certificate }: GateReport, page: Page): string[] {
  const written = certificate === null ? [] : [`certificate written to ${certificate}`];
  const told = [...all, ...written];
  return told.length === 0 ? [] : [heading(page, 'To know'), ...told.flatMap((one) => bullet(page, one))];
}

function subjects({ subjects: all, outcome }: GateReport, page: Page): string[] {
  if (outcome !== 'certified') return [];
  return [
    heading(page, 'Certified', counted(all.length, 'subject')),
    ...all.map(
      ({ name, sha256 }) => `  ${sha256.slice(0, 12)}  ${cutMiddle(visible(name), page.width - 16)}`,
    ),
  ];
}

function bullet(page: Page, text: string): string[] {
  return paragraph(page, text, 4).map((line, index) => (index === 0 ? `  - ${line.slice(4)}` : line));
}
