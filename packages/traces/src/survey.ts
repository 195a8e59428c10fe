import { type Call, isObject, type Json, type ObservedNumber, toPointer } from '@benchbook/model';

/** Paths that are kept; numbers at further ones are not looked at. */
const MAX_PATHS = 10_000;

/** Gathers what recordings show of the numbers in arguments, call by call. */
export interface NumberSurvey {
  add(call: Call): void;
  /** One entry per tool and path, sorted by tool, then path. */
  result(): ObservedNumber[];
}

/**
 * Starts a {@link NumberSurvey}: a path is `decimal` once any call has a fraction there, else `long`. Items of an
 * array share one path (`/args/items/-/price`). Holds at most 10,000 paths, the first that come.
 */
export function surveyNumbers(): NumberSurvey {
  const seen = new Map<string, Map<string, ObservedNumber['type']>>();
  let paths = 0;
  const note = (tool: string, path: string, isDecimal: boolean): void => {
    const ofTool = seen.get(tool) ?? new Map<string, ObservedNumber['type']>();
    const known = ofTool.get(path);
    if (known === undefined) {
      if (paths >= MAX_PATHS) return;
      paths++;
      seen.set(tool, ofTool);
    }
    if (known === undefined || isDecimal) ofTool.set(path, isDecimal ? 'decimal' : 'long');
  };
  const walk = (tool: string, path: string, value: Json): void => {
    if (typeof value === 'number') note(tool, path, !Number.isInteger(value));
    else if (typeof value === 'bigint') note(tool, path, false);
    else if (Array.isArray(value)) for (const item of value) walk(tool, `${path}/-`, item);
    else if (isObject(value))
      for (const [key, member] of Object.entries(value))
        if (typeof member !== 'string') walk(tool, path + toPointer([key]), member);
  };
  return {
    add({ tool, args }) {
      if (args) walk(tool.name, '/args', args);
    },
    result: () =>
      [...seen]
        .flatMap(([tool, ofTool]) => [...ofTool].map(([path, type]) => ({ tool, path, type })))
        .sort((a, b) => compare(a.tool, b.tool) || compare(a.path, b.path)),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
