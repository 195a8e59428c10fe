import { xmlAttributes, xmlElement, xmlLines } from './xml.ts';

/** One test case: passed unless it says otherwise. */
export interface JunitCase {
  readonly classname: string;
  readonly name: string;
  readonly failure?: { readonly message: string; readonly text: string };
  /** It could not be run. */
  readonly error?: { readonly message: string; readonly text: string };
  readonly skipped?: string;
  readonly out?: string;
}

export interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
  /** Figures beside the cases, in order. */
  readonly properties?: { readonly [name: string]: string | number };
  readonly out?: string;
}

/** A JUnit document (the schema that Jenkins reads by). Suites without a case are left out. */
export function junitDocument(name: string, suites: readonly JunitSuite[]): string {
  const told = suites.filter((one) => one.cases.length > 0);
  const all = told.flatMap((one) => one.cases);
  const { tests, failures, errors } = counts(all);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    ...xmlElement('testsuites', { name, tests, failures, errors }, told.flatMap(suiteLines)),
    '',
  ].join('\n');
}

function counts(cases: readonly JunitCase[]) {
  return {
    tests: cases.length,
    failures: cases.filter((one) => one.failure !== undefined).length,
    errors: cases.filter((one) => one.error !== undefined).length,
    skipped: cases.filter((one) => one.skipped !== undefined).length,
  };
}

function suiteLines({ name, cases, properties, out }: JunitSuite): string[] {
  const told = Object.entries(properties ?? {}).flatMap(([name, value]) =>
    xmlElement('property', { name, value }),
  );
  return xmlElement('testsuite', { name, ...counts(cases) }, [
    ...(told.length > 0 ? xmlElement('properties', {}, told) : []),
    ...cases.flatMap(caseLines),
    ...(out === undefined ? [] : [`<system-out>${xmlLines(out)}</system-out>`]),
  ]);
}

function caseLines(one: JunitCase): string[] {
  return xmlElement('testcase', { classname: one.classname, name: one.name }, [
    ...(one.skipped === undefined ? [] : [`<skipped>${xmlLines(one.skipped)}</skipped>`]),
    ...(one.error ? [problem('error', one.error)] : []),
    ...(one.failure ? [problem('failure', one.failure)] : []),
    ...(one.out === undefined ? [] : [`<system-out>${xmlLines(one.out)}</system-out>`]),
  ]);
}

function problem(element: string, { message, text }: { readonly message: string; readonly text: string }) {
  return `<${element}${xmlAttributes({ message })}>${xmlLines(text)}</${element}>`;
}
