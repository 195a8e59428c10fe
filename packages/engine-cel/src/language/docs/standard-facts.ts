/** What every call has, whatever its tool; documented once for completion and hover. */

export interface StandardFact {
  readonly pointer: string;
  readonly type: string;
  /** Markdown. */
  readonly documentation: string;
}

export const STANDARD_FACTS: readonly StandardFact[] = [
  {
    pointer: '/agent',
    type: 'map',
    documentation: 'The agent that makes the call, with the attributes of its card.',
  },
  { pointer: '/agent/id', type: 'string', documentation: 'Id of the agent.' },
  { pointer: '/agent/name', type: 'string', documentation: 'Name of the agent, where the recording has it.' },
  {
    pointer: '/agent/version',
    type: 'string',
    documentation: 'Version of the agent, where the recording has it.',
  },
  {
    pointer: '/agent/model',
    type: 'string',
    documentation: 'Model that the agent runs on, where the recording has it.',
  },
  {
    pointer: '/agent/parentAgentId',
    type: 'string',
    documentation: 'Id of the agent that started this one.',
  },
  {
    pointer: '/user',
    type: 'map',
    documentation: 'The person that the agent works for, where that is known.',
  },
  { pointer: '/user/id', type: 'string', documentation: 'Id of the user.' },
  { pointer: '/user/roles', type: 'list', documentation: 'Roles of the user.' },
  { pointer: '/tool', type: 'map', documentation: 'The tool that is called.' },
  { pointer: '/tool/name', type: 'string', documentation: 'Name of the tool.' },
  {
    pointer: '/tool/server',
    type: 'string',
    documentation: 'MCP server of the tool; absent where the tool is the agent’s own.',
  },
  { pointer: '/tool/rawName', type: 'string', documentation: 'Name of the tool as the agent wrote it.' },
  {
    pointer: '/args',
    type: 'map',
    documentation: 'The arguments of the call. `null` where they were no object.',
  },
  { pointer: '/session', type: 'map', documentation: 'What came before in the session.' },
  { pointer: '/session/calls', type: 'int', documentation: 'Number of calls before this one.' },
  {
    pointer: '/session/tools',
    type: 'list',
    documentation: 'Names of the tools called before, each once, in order of first use.',
  },
  {
    pointer: '/session/history',
    type: 'list',
    documentation: 'The last 256 calls: `tool`, `args`, `status`.',
  },
  { pointer: '/session/tools/-', type: 'string', documentation: 'Name of a tool that was called before.' },
  { pointer: '/session/history/-', type: 'map', documentation: 'A call that came before.' },
  { pointer: '/ts', type: 'timestamp', documentation: 'When the call was made.' },
  {
    pointer: '/context',
    type: 'map',
    documentation: 'What else the recording tells of the call, such as `cwd`.',
  },
];

const byPointer = new Map(STANDARD_FACTS.map((fact) => [fact.pointer, fact]));

export function standardFact(pointer: string): StandardFact | null {
  return byPointer.get(pointer) ?? null;
}
