/** The registry: every agent card of a workspace, read, with what is wrong in them. */
import {
  type AgentRecord,
  type Diagnostic,
  getOwn,
  isObject,
  type JsonObject,
  type Severity,
  type TextRange,
} from '@benchbook/model';
import {
  agentCards,
  checkAgentCard,
  type DataDocument,
  type DataPath,
  parseData,
  sortDiagnostics,
  type Workspace,
} from '@benchbook/workspace';
import { readCard } from './read-card.ts';

/** Every agent of a workspace. */
export interface Registry {
  /** In the order of their files. */
  readonly agents: readonly AgentRecord[];
  /**
   * What is wrong with cards, sorted; none is fatal. Errors where the manifest has a section `governance`, else
   * warnings: `agent-member-invalid`, `agent-member-unknown`, `agent-breaker-incomplete`.
   */
  readonly diagnostics: readonly Diagnostic[];
  of(agent: string): AgentRecord | undefined;
}

/**
 * Reads the agent cards of a workspace. What is wrong in one member leaves the others standing. Files that are no
 * cards at all were told when the workspace was loaded.
 */
export function readRegistry(workspace: Pick<Workspace, 'agentFiles' | 'manifest'>): Registry {
  const severity: Severity = workspace.manifest.governance ? 'error' : 'warning';
  const agents = new Map<string, AgentRecord>();
  const diagnostics: Diagnostic[] = [];
  for (const { path: file, text } of workspace.agentFiles) {
    const document = parseData(text);
    for (const { card, path } of agentCards(document.value ?? null)) {
      const id = isObject(card) ? getOwn(card, 'id') : undefined;
      if (!isObject(card) || typeof id !== 'string' || id === '' || agents.has(id)) continue;
      agents.set(id, { ...readCard(id, card), file, ...placesOf(document, text, path, card) });
      for (const { kind, message, range } of checkAgentCard(document, path)) {
        const code = kind === 'unknown-key' ? 'agent-member-unknown' : 'agent-member-invalid';
        diagnostics.push({ code, severity, message, file, range });
      }
      diagnostics.push(...sumsOfNothing(document, path, card, file, severity));
    }
  }
  return {
    agents: [...agents.values()],
    diagnostics: sortDiagnostics(diagnostics),
    of: (agent) => agents.get(agent),
  };
}

function placesOf(
  document: DataDocument,
  text: string,
  path: DataPath,
  card: JsonObject,
): Pick<AgentRecord, 'range' | 'at'> {
  const { start, end } = document.rangeOf(path);
  return {
    // A block ends where the next begins: line ends at its end are nobody's.
    range: { start, end: start + text.slice(start, end).trimEnd().length },
    at(member): TextRange | null {
      const steps = member.split('.');
      const found: (string | number)[] = [];
      let current: unknown = card;
      for (const step of steps) {
        if (Array.isArray(current) && /^\d+$/.test(step) && Number(step) < current.length) {
          found.push(Number(step));
          current = current[Number(step)];
        } else if (isObject(current) && Object.hasOwn(current, step)) {
          found.push(step);
          current = current[step];
        } else return null;
      }
      const whole = [...path, ...found];
      // A long block underlined says nothing: its key does.
      return typeof current === 'object' && typeof found.at(-1) === 'string'
        ? document.keyRangeOf(whole)
        : document.rangeOf(whole);
    },
  };
}

function sumsOfNothing(
  document: DataDocument,
  path: DataPath,
  card: JsonObject,
  file: string,
  severity: Severity,
): Diagnostic[] {
  const deployment = getOwn(card, 'deployment');
  const breakers = isObject(deployment) ? getOwn(deployment, 'breakers') : undefined;
  if (!Array.isArray(breakers)) return [];
  return (breakers as readonly unknown[]).flatMap((breaker, index): Diagnostic[] => {
    if (!isObject(breaker) || getOwn(breaker, 'count') !== 'sum' || getOwn(breaker, 'pointer') !== undefined)
      return [];
    const message = `\`deployment.breakers[${index}]\` sums nothing: say with \`pointer\` where the number stands, such as /args/amount`;
    const range = document.rangeOf([...path, 'deployment', 'breakers', index, 'count']);
    return [{ code: 'agent-breaker-incomplete', severity, message, file, range }];
  });
}
