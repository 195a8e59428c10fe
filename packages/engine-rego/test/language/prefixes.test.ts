import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextRange } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { inputOf } from '../open.ts';
import { KNOWN, openLanguage } from './open.ts';

const SAMPLES = new URL('../../../../samples', import.meta.url).pathname;

function regoFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return regoFiles(path);
    return entry.name.endsWith('.rego') ? [path] : [];
  });
}

const opened = await openLanguage();

describe('every prefix of every sample policy', () => {
  test.each(regoFiles(SAMPLES).map((path) => [path.slice(SAMPLES.length + 1), path]))(
    '%s',
    (_, path) => {
      const whole = readFileSync(path, 'utf8');
      const { language, session } = opened;
      let slowest = 0;
      for (let length = 0; length <= whole.length; length++) {
        const text = whole.slice(0, length);
        session.update(
          inputOf({
            'a.rego': text,
            'b.rego': 'package b\n\nimport data.coding.tools\n\nx if tools.allow\n',
          }),
        );
        const file = 'policies/a.rego';
        const inside = (range: TextRange) => {
          if (!(range.start >= 0 && range.start <= range.end && range.end <= length)) {
            throw new Error(`range ${range.start}..${range.end} of ${length}`);
          }
        };
        const before = performance.now();
        for (const offset of new Set([length, length >> 1, Math.max(0, length - 3)])) {
          const { items, control } = language.complete(file, offset, KNOWN);
          for (const { range } of items) {
            inside(range);
            if (!(range.start <= offset && offset <= range.end))
              throw new Error('completion beside the cursor');
          }
          if (control && control.at !== offset) throw new Error('control slot beside the cursor');
          const hovered = language.hover(file, offset, KNOWN);
          if (hovered) inside(hovered.range);
          for (const { range, kind } of language.highlights(file, offset)) {
            inside(range);
            if (kind === 'text') throw new Error('kind');
          }
          for (const one of language.definition(file, offset)) if (one.file === file) inside(one.range);
          language.signature(file, offset);
          const around = language.selections(file, offset);
          for (const range of around) inside(range);
          if (around.at(-1)!.end !== length || around.at(-1)!.start !== 0)
            throw new Error('selection of the file');
          if (length % 7 !== 0) continue;
          for (const one of language.references(file, offset, true)) if (one.file === file) inside(one.range);
          const prepared = language.prepareRename(file, offset);
          if (prepared && 'range' in prepared) {
            inside(prepared.range);
            language.rename(file, offset, 'fresh_name');
          }
          const range = { start: offset, end: offset };
          const diagnostic = {
            code: 'rego-parse-error',
            severity: 'error',
            message: '',
            file,
            range,
          } as const;
          for (const fix of language.fixes(file, range, [diagnostic], KNOWN)) {
            for (const { edits } of fix.edits) for (const edit of edits) inside(edit.range);
          }
        }
        let last = 0;
        for (const token of language.tokens(file)) {
          inside(token.range);
          if (token.range.start < last || token.range.end <= token.range.start)
            throw new Error('tokens overlap');
          if (/[\r\n]/.test(text.slice(token.range.start, token.range.end)))
            throw new Error('token over lines');
          last = token.range.end;
        }
        if (length % 7 === 0) {
          for (const symbol of language.symbols(file)) {
            inside(symbol.range);
            inside(symbol.selection);
          }
          for (const { range } of language.folding(file)) inside(range);
          for (const { range } of language.uses(file)) inside(range);
        }
        slowest = Math.max(slowest, performance.now() - before);
      }
      expect(slowest).toBeLessThan(20_000);
    },
    240_000,
  );
});
