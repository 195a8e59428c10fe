import type { EngineManifest } from '@benchbook/model';

/** What was looked for, and where: what to say when nothing is found. */
export interface LookedFor {
  readonly patterns: readonly string[];
  /** Endings or names of the files that count. */
  readonly endings: readonly string[];
  /** Files that the patterns find, whatever their ending. */
  readonly matched: number;
  /** Files in the whole workspace. */
  readonly listed: number;
  /** Whether the patterns are the manifest's, given by the caller, or the convention's. */
  readonly from: 'manifest' | 'convention' | 'caller';
}

/** Endings of files that hold policies, in the order of the engines. */
export function policyEndings(engines: readonly EngineManifest[]): string[] {
  const endings = engines.flatMap(({ files }) => files.filter(({ role }) => role === 'policy'));
  return [...new Set(endings.map(({ suffix }) => suffix))];
}

/** `no policy found: looked for *.cedar and *.rego in policies/** (the convention, ...); no file is there`. */
export function describeLookedFor(what: 'policy' | 'trace', looked: LookedFor): string {
  const endings = looked.endings.map((ending) => (/^[._-]/.test(ending) ? `*${ending}` : ending));
  const sources = {
    manifest: 'from benchbook.yaml',
    convention: 'the convention, since benchbook.yaml does not say it',
    caller: 'as given',
  };
  const there =
    looked.matched === 0 ? 'no file is there' : `none of the ${files(looked.matched)} there is one`;
  return (
    `no ${what} found: looked for ${list(endings)} in ${list(looked.patterns)} ` +
    `(${sources[looked.from]}); ${there} (${files(looked.listed)} in the workspace)`
  );
}

function files(count: number): string {
  return `${count} ${count === 1 ? 'file' : 'files'}`;
}

function list(words: readonly string[]): string {
  if (words.length === 0) return 'nothing';
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
