import { digest, type ReplayReport } from '@benchbook/model';
import { prettyJson } from '../format/json.ts';
import type { Reporter } from '../reporter.ts';

/**
 * An in-toto Statement v1, to be signed by whoever ran the replay: a test result (predicate v0.1) about the digests
 * of the files that decided and of the recordings. Expectations and thresholds pass or fail; a policy that no call
 * exercised or that erred, and a recording with unreadable places, is a warning.
 */
export const replayInToto: Reporter<ReplayReport> = (report) => {
  const subject = subjects(report);
  const tests = { passed: passed(report), warned: warned(report), failed: failed(report) };
  return prettyJson({
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: {
      result: tests.failed.length > 0 ? 'FAILED' : tests.warned.length > 0 ? 'WARNED' : 'PASSED',
      configuration: [configuration(subject)],
      passedTests: tests.passed,
      warnedTests: tests.warned,
      failedTests: tests.failed,
    },
  });
};

interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

function subjects(report: ReplayReport): Subject[] {
  const recordings = report.recordings.flatMap(({ file, sha256 }) =>
    sha256 === undefined ? [] : [{ name: file, digest: { sha256 } }],
  );
  return [...report.files.map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })), ...recordings]
    .map((one) => ({ ...one, name: one.name.toWellFormed() }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The digest of the subjects as `sha256sum` lists them, a line each. */
function configuration(subject: readonly Subject[]) {
  const listing = subject.map(({ name, digest }) => `${digest.sha256}  ${name}\n`).join('');
  return { name: 'benchbook replay', mediaType: 'text/plain', digest: { sha256: digest(listing) } };
}

function failed(report: ReplayReport): string[] {
  return names(
    report.findings.map((one) =>
      one.kind === 'expectation' ? `expectation ${one.call}` : `threshold ${one.threshold}`,
    ),
  );
}

function warned(report: ReplayReport): string[] {
  return names([
    ...report.policies.filter((one) => one.applied === 0 || one.errors > 0).map((one) => `policy ${one.id}`),
    ...report.unreadable.map((one) => `recording ${one.file}`),
    ...report.skippedFiles.map((file) => `file ${file}`),
  ]);
}

/** Met expectations by name where the report lists its decisions, else as one. */
function passed(report: ReplayReport): string[] {
  const missed = new Set(report.findings.flatMap((one) => (one.kind === 'expectation' ? [one.call] : [])));
  const met = report.decisions
    ? report.decisions
        .filter((one) => one.expect !== undefined && !missed.has(one.call))
        .map((one) => `expectation ${one.call}`)
    : report.summary.expectations.met > 0
      ? [`expectations (${report.summary.expectations.met} met)`]
      : [];
  const applied = report.policies.filter((one) => one.applied > 0 && one.errors === 0);
  return names([...met, ...applied.map((one) => `policy ${one.id}`)]);
}

function names(all: readonly string[]): string[] {
  return [...new Set(all.map((one) => one.toWellFormed()))].sort();
}
