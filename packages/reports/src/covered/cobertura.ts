import { xmlElement } from '../format/xml.ts';
import type { Reporter } from '../reporter.ts';
import { type CoveredBranch, type CoveredFile, coveredFiles, type Exercised } from './exercised.ts';

/** The time of the last recorded call is the document's; a run of tests has none. */
type Dated = Exercised & { readonly period?: { readonly to: string } | null };

/** Cobertura XML (coverage-04.dtd): a folder is a package, a file a class, a policy a method. Paths are relative. */
export const cobertura: Reporter<Dated> = (report) => {
  const files = coveredFiles(report);
  const root = xmlElement(
    'coverage',
    { ...totals(files), version: 'benchbook', timestamp: timestamp(report) },
    [...xmlElement('sources', {}, ['<source>.</source>']), ...xmlElement('packages', {}, packages(files))],
  );
  const document = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">',
    ...root,
  ];
  return `${document.join('\n')}\n`;
};

/** Milliseconds since 1970. */
function timestamp({ period }: Dated): number {
  const time = period ? Date.parse(period.to) : 0;
  return Number.isNaN(time) ? 0 : time;
}

function totals(files: readonly CoveredFile[]) {
  const lines = files.flatMap((one) => one.lines);
  const ways = waysOf(files.flatMap((one) => one.branches));
  const hit = lines.filter((one) => one.hits > 0).length;
  return {
    ...rates(files),
    'lines-covered': hit,
    'lines-valid': lines.length,
    'branches-covered': ways.filter((taken) => taken > 0).length,
    'branches-valid': ways.length,
    complexity: 0,
  };
}

function rates(files: readonly Pick<CoveredFile, 'lines' | 'branches'>[]) {
  const hits = files.flatMap((one) => one.lines.map((line) => line.hits));
  return { 'line-rate': rate(hits), 'branch-rate': rate(waysOf(files.flatMap((one) => one.branches))) };
}

/** Share of what was seen, 0 to 1; of nothing, Cobertura writes 1. */
function rate(seen: readonly number[]): string {
  if (seen.length === 0) return '1';
  return String(Number((seen.filter((one) => one > 0).length / seen.length).toFixed(4)));
}

function waysOf(branches: readonly CoveredBranch[]): number[] {
  return branches.flatMap((one) => [one.true, one.false]);
}

function packages(files: readonly CoveredFile[]): string[] {
  const folders = new Map<string, CoveredFile[]>();
  for (const file of files) {
    const folder = file.file.slice(0, Math.max(0, file.file.lastIndexOf('/')));
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([folder, inside]) =>
      xmlElement('package', { name: folder || '.', ...rates(inside), complexity: 0 }, [
        ...xmlElement('classes', {}, inside.flatMap(classLines)),
      ]),
    );
}

function classLines(file: CoveredFile): string[] {
  const name = file.file.slice(file.file.lastIndexOf('/') + 1);
  const methods = file.functions.map(({ name, line, hits }) => {
    const seen = { lines: [{ line, hits }], branches: [] };
    return xmlElement('method', { name, signature: '', ...rates([seen]), complexity: 0 }, [
      ...xmlElement('lines', {}, xmlElement('line', { number: line, hits })),
    ]);
  });
  return xmlElement('class', { name, filename: file.file, ...rates([file]), complexity: 0 }, [
    ...xmlElement('methods', {}, methods.flat()),
    ...xmlElement(
      'lines',
      {},
      file.lines.flatMap(({ line, hits }) => lineLines(line, hits, file.branches)),
    ),
  ]);
}

function lineLines(number: number, hits: number, all: readonly CoveredBranch[]): string[] {
  const branches = all.filter((one) => one.line === number);
  if (branches.length === 0) return xmlElement('line', { number, hits, branch: 'false' });
  const conditions = branches.map((one, index) =>
    xmlElement('condition', { number: index, type: 'jump', coverage: share([one]).split(' ')[0] }),
  );
  const attributes = { number, hits, branch: 'true', 'condition-coverage': share(branches) };
  return xmlElement('line', attributes, xmlElement('conditions', {}, conditions.flat()));
}

/** `50% (1/2)`; never rounded up to all. */
function share(branches: readonly CoveredBranch[]): string {
  const ways = waysOf(branches);
  const taken = ways.filter((one) => one > 0).length;
  return `${Math.floor((100 * taken) / ways.length)}% (${taken}/${ways.length})`;
}
