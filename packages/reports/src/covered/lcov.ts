import { visible } from '../format/visible.ts';
import type { Reporter } from '../reporter.ts';
import { type CoveredBranch, type CoveredFile, coveredFiles, type Exercised } from './exercised.ts';

/**
 * LCOV trace file: policies are functions that were called as often as they applied, conditions are branches of two
 * ways (0 true, 1 false), lines are those that can be reached.
 */
export const lcov: Reporter<Exercised> = (report) =>
  coveredFiles(report)
    .flatMap(record)
    .map((line) => `${line}\n`)
    .join('');

function record({ file, lines, functions, branches }: CoveredFile): string[] {
  const called = functions.filter((one) => one.hits > 0).length;
  const ways = branches.flatMap((one) => [one.true, one.false]);
  return [
    'TN:',
    `SF:${visible(file)}`,
    ...functions.map((one) => `FN:${one.line},${nameOf(one.name)}`),
    ...functions.map((one) => `FNDA:${one.hits},${nameOf(one.name)}`),
    `FNF:${functions.length}`,
    `FNH:${called}`,
    ...branchLines(branches),
    `BRF:${ways.length}`,
    `BRH:${ways.filter((taken) => taken > 0).length}`,
    ...lines.map((one) => `DA:${one.line},${one.hits}`),
    `LF:${lines.length}`,
    `LH:${lines.filter((one) => one.hits > 0).length}`,
    'end_of_record',
  ];
}

/** The block is the condition's number on its line; `-` where no call came to it. */
function branchLines(branches: readonly CoveredBranch[]): string[] {
  const onLine = new Map<number, number>();
  return branches.flatMap((one) => {
    const block = onLine.get(one.line) ?? 0;
    onLine.set(one.line, block + 1);
    return [one.true, one.false].map(
      (taken, way) => `BRDA:${one.line},${block},${way},${one.reached ? taken : '-'}`,
    );
  });
}

/** A comma would end the name for some readers. */
function nameOf(name: string): string {
  return visible(name).replaceAll(',', '\\x2c');
}
