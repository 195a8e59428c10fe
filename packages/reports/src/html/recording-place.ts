import { visible } from '../format/visible.ts';

/** `file:line` of a recording. */
export function recordingPlace(source: { readonly file: string; readonly line?: number }): string {
  return visible(source.line === undefined ? source.file : `${source.file}:${source.line}`);
}
