import type { Diagnostic } from '@benchbook/model';
import type { Context } from '../language/context.ts';
import type { RegoFile } from '../language/index/file.ts';
import { unknownMembers } from '../language/suggest.ts';

/** Members of the input that are nearly ones of a call, and none. Files that did not change are not read again. */
export function createInputLint(): (context: Context) => Diagnostic[] {
  const known = new WeakMap<RegoFile, readonly Diagnostic[]>();
  return (context) =>
    context.workspace.files.flatMap((file) => {
      if (file.test) return [];
      let found = known.get(file);
      if (!found) {
        found = unknownMembers(context, file).map(({ range, name, written }): Diagnostic => {
          const message = `no call has \`${written}\` here; did you mean \`${name}\`?`;
          return { code: 'rego-unknown-input', severity: 'warning', message, file: file.path, range };
        });
        known.set(file, found);
      }
      return found;
    });
}
