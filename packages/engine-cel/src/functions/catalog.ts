import { conversions } from './conversions.ts';
import { encoders } from './encoders.ts';
import type { Apply, ApplyAll, FunctionGroup } from './group.ts';
import { math } from './math.ts';
import { optionals } from './optionals.ts';
import { standard } from './standard.ts';
import { strings } from './strings.ts';
import { time } from './time.ts';

const GROUPS: readonly FunctionGroup[] = [standard, conversions, time, strings, math, encoders, optionals];

const functions = new Map<string, Apply>(GROUPS.flatMap((group) => Object.entries(group.functions)));
const variadic = new Map<string, ApplyAll>(GROUPS.flatMap((group) => Object.entries(group.variadic ?? {})));

/** Namespaces of functions and the type under which the checker knows them. */
export const NAMESPACES: Readonly<Record<string, string>> = {
  math: 'MathNamespace',
  base64: 'Base64Namespace',
  strings: 'StringsNamespace',
  optional: 'OptionalNamespace',
};

/** What cel-js does not declare by itself. */
export const SIGNATURES: readonly string[] = GROUPS.flatMap((group) => group.signatures);

/** The function of a name and a number of arguments (a method's receiver not counted). */
export function findFunction(name: string, count: number): Apply | undefined {
  return functions.get(`${name}/${count}`);
}

/** The function of a name that takes any number of arguments. */
export function findVariadic(name: string): ApplyAll | undefined {
  return variadic.get(name);
}

/** Methods whose argument is evaluated only where it is needed. */
export const LAZY_METHODS: ReadonlySet<string> = new Set(['.or', '.orValue']);

/** True where a call of this name with this many arguments means something. */
export function isKnownCall(name: string, count: number): boolean {
  if (LAZY_METHODS.has(name)) return count === 1;
  return functions.has(`${name}/${count}`) || (variadic.has(name) && count > 0);
}

/** All functions by name, for messages. */
export function functionNames(): string[] {
  const names = [...functions.keys()].map((key) => key.slice(0, key.lastIndexOf('/')));
  return [...new Set([...names, ...variadic.keys(), ...LAZY_METHODS])].sort();
}
