import type { BuiltinInfo } from '../../toolchain/protocol.ts';

/** A function's signature on one line, with the places of its parameters in it. */
export function signatureOf(builtin: BuiltinInfo): {
  label: string;
  parameters: { start: number; end: number }[];
} {
  const parameters: { start: number; end: number }[] = [];
  let label = `${builtin.name}(`;
  builtin.args.forEach((arg, index) => {
    if (index > 0) label += ', ';
    const start = label.length;
    label += arg.name === '' ? arg.type : `${arg.name}: ${shortType(arg.type)}`;
    parameters.push({ start, end: label.length });
  });
  if (builtin.variadic) label += parameters.length > 0 ? ', ...' : '...';
  label += ')';
  if (builtin.result) label += ` -> ${shortType(builtin.result.type)}`;
  return { label, parameters };
}

/** What OPA says of a function, as Markdown. */
export function builtinDocs(builtin: BuiltinInfo): string {
  const lines = [builtin.description.trim()];
  const values = [...builtin.args, ...(builtin.result ? [{ ...builtin.result, result: true }] : [])];
  for (const value of values) {
    if (value.description === '') continue;
    const name = 'result' in value ? 'returns' : `\`${value.name}\``;
    lines.push(`- ${name}: ${value.description.trim()}`);
  }
  if (builtin.deprecated) lines.push('Deprecated.');
  return lines
    .filter((line) => line !== '')
    .join('\n\n')
    .replaceAll(/\n\n- /g, '\n- ');
}

/** Types as OPA prints them are long where they are nested. */
export function shortType(type: string): string {
  return type.length <= 60 ? type : `${type.slice(0, 57)}...`;
}
