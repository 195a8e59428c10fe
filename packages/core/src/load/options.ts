import type { EngineOptions } from '@benchbook/model';
import type { Manifest } from '@benchbook/workspace';

/** What an engine is opened with: what the manifest says of it, and the sets to be kept off their fast lane. */
export function engineOptions(
  engine: string,
  manifest: Manifest,
  avoidFastLane: readonly string[] = [],
): EngineOptions {
  const mapping = own(manifest.mapping, engine);
  const settings = own(manifest.settings, engine);
  const budget = own(manifest.budget, engine);
  return {
    ...(mapping && { mapping }),
    ...(settings && { settings }),
    ...(budget !== undefined && { budget }),
    avoidFastLane: avoidFastLane.map((set) => ({ set, key: null })),
  };
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
