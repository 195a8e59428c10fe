import type { GateReport, VerifyReport } from '@benchbook/model';
import { markdownCode, markdownText } from '../format/markdown.ts';
import { counted } from '../format/numbers.ts';
import { fixedPart, layParts, listPart, tablePart } from '../markdown/part.ts';
import type { Reporter } from '../reporter.ts';
import { gateClosing, gateSentence, verifySentence } from './words.ts';

/** Items of a list that is not folded away; the rest is counted. */
const ITEMS = 50;

const marks = { passed: ':white_check_mark:', failed: ':x:', unverified: ':warning:' } as const;

/** The gate as a comment of a pull request: the verdict, then each condition. */
export const gateMarkdown: Reporter<GateReport> = (report) =>
  layParts(
    [
      fixedPart([
        `## Benchbook gate: ${report.outcome}`,
        '',
        `${markdownCode(report.agent)} is ${gateSentence(report)}.`,
      ]),
      tablePart({
        header: ['', 'condition', 'seen', 'provisions'],
        rows: report.checks.map(({ state, title, message, controls }) => [
          `${marks[state]} ${state}`,
          markdownText(title),
          markdownCode(message),
          controls.map((one) => markdownCode(one)).join(' ') || '-',
        ]),
      }),
      listPart(
        ['### To know', ''],
        [
          ...report.notes,
          ...(report.certificate === null ? [] : [`certificate written to ${report.certificate}`]),
        ].map((note) => `- ${markdownText(note)}`),
        ITEMS,
      ),
      tablePart({
        header: ['subject', 'SHA-256'],
        rows: report.subjects.map(({ name, sha256 }) => [markdownCode(name), markdownCode(sha256)]),
        fold: `${counted(report.subjects.length, 'subject')}`,
      }),
    ],
    gateClosing(report),
  );

/** What became of a certificate as a comment of a pull request. */
export const verifyMarkdown: Reporter<VerifyReport> = (report) =>
  layParts(
    [
      fixedPart([`## Benchbook certificate: ${report.state}`]),
      listPart(
        [],
        report.reasons.map((reason) => `- ${markdownCode(reason)}`),
        ITEMS,
      ),
    ],
    `${markdownCode(report.agent)}: ${verifySentence(report)}`,
  );
