import { children, type Expression } from '../syntax/index.ts';
import { CelDuration, CelTimestamp, CelType, CelUint, isList, type Value } from '../values/index.ts';

/** An expression's text without what does not change its meaning: equal texts are the same expression. */
export function canonical(expression: Expression): string {
  return `(${label(expression)}${children(expression)
    .map((child) => ` ${canonical(child)}`)
    .join('')})`;
}

function label(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
    case 'type':
      return `${expression.kind} ${literal(expression.value)}`;
    case 'name':
    case 'call':
      return `${expression.kind} ${expression.name}`;
    case 'select':
    case 'has':
      return `${expression.kind} ${JSON.stringify(expression.field)}${'optional' in expression && expression.optional ? '?' : ''}`;
    case 'index':
      return expression.optional ? 'index?' : 'index';
    case 'binary':
      return `binary ${expression.operator}`;
    case 'macro':
      return `macro ${expression.macro} ${expression.variables.join(' ')}`;
    case 'bind':
      return `bind ${expression.variable}`;
    default:
      return expression.kind;
  }
}

function literal(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0d' : `${value}d`;
  if (value instanceof CelUint) return `${value.value}u`;
  if (value instanceof CelType) return value.name;
  if (value instanceof Uint8Array) return `b${value.join(',')}`;
  if (value instanceof CelTimestamp || value instanceof CelDuration) return `t${value.nanos}`;
  return isList(value) ? `[${value.map(literal).join(',')}]` : String(value);
}
