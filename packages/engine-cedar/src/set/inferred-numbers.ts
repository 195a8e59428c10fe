import { type Diagnostic, type EngineInput, pointerTokens, readsTouch } from '@benchbook/model';
import { childSchema, type ToolSchemas } from '../request/tool-schema.ts';
import type { SetMember } from './member.ts';

/**
 * One finding for each number that policies read, that no schema types, and whose type therefore follows from what
 * the recordings hold: an author should know what was taken for what. Tools of one name are told together.
 */
export function inferredNumbers(
  numbers: EngineInput['numbers'],
  members: readonly SetMember[],
  schemas: ToolSchemas,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { tool, path, type } of numbers) {
    if (typedBySchema(schemas, tool, path)) continue;
    const reader = members.find(({ policy }) => readsTouch(policy.reads, path));
    if (!reader) continue;
    const title =
      type === 'decimal'
        ? 'a decimal, since some recorded value has a fraction'
        : 'a Long, since every recorded value is an integer';
    const argument = path.replace(/^\/args\//, '');
    found.push({
      code: 'cedar-inferred-number',
      severity: 'info',
      message: `\`${argument}\` of tool \`${tool}\` is taken as ${title}; a JSON Schema of the tool would say it`,
      file: reader.policy.file,
      range: reader.policy.range,
    });
  }
  return found;
}

function typedBySchema(schemas: ToolSchemas, tool: string, path: string): boolean {
  let node = schemas(tool, undefined);
  for (const token of pointerTokens(path).slice(1)) {
    node = token === '-' ? (node?.items ?? null) : childSchema(node, token);
  }
  return node?.number != null;
}
