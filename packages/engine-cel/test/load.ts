import type {
  Diagnostic,
  EngineOptions,
  Facts,
  JsonObject,
  PolicySet,
  SetDecision,
  SourceFile,
} from '@benchbook/model';
import { engine } from '../src/index.ts';

/** Loads one file (and its sidecar) as the engine would find it. */
export async function load(
  text: string,
  options: EngineOptions & { path?: string; sidecar?: string } = {},
): Promise<{ set: PolicySet | undefined; diagnostics: readonly Diagnostic[] }> {
  const path = options.path ?? 'policies/p.cel.yaml';
  const language = path.endsWith('.cel') ? 'cel' : 'cel-policy';
  const files: SourceFile[] = [{ path, rootPath: path, role: 'policy', language, text }];
  if (options.sidecar !== undefined) {
    const sidecar = path.replace(/\.cel(\.yaml)?$/, '.controls.yaml');
    files.push({
      path: sidecar,
      rootPath: sidecar,
      role: 'controls',
      language: 'cel-policy',
      text: options.sidecar,
    });
  }
  const session = await engine.open({ read: () => Promise.reject(new Error('no assets')) }, options);
  session.update({ files, tools: [], agents: [], numbers: [] });
  const { sets, diagnostics } = await session.snapshot();
  return { set: sets[0], diagnostics };
}

/** Loads a file that must load without a finding, but for cases that are never reached. */
export async function loadSet(text: string, options: Parameters<typeof load>[1] = {}): Promise<PolicySet> {
  const { set, diagnostics } = await load(text, options);
  const isOdd = diagnostics.some(
    ({ severity, code }) => severity !== 'warning' || code !== 'cel-unreachable',
  );
  if (!set || isOdd) throw new Error(JSON.stringify(diagnostics));
  return set;
}

/** A call of `tool` with arguments. */
export function call(tool: string, args: JsonObject | null = {}, more: Partial<Facts> = {}): Facts {
  return { tool: { name: tool }, args, session: {}, ...more };
}

/** What a set says of one call. */
export function decide(set: PolicySet, facts: Facts): SetDecision {
  return set.decide(set.prepare([facts]), 0);
}

/** A decision as one line: outcome, then the names of the determining policies. */
export function brief(set: PolicySet, facts: Facts): string {
  const { outcome, determining } = decide(set, facts);
  return [String(outcome), ...determining.map((index) => set.policies[index]?.name)].join(' ');
}

/** Findings as `CODE "UNDERLINED TEXT": MESSAGE`. */
export function told(text: string, diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, message, range }) => {
    const at = range ? JSON.stringify(text.slice(range.start, range.end)) : 'file';
    return `${code} ${at}: ${message}`;
  });
}
