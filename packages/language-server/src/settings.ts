import type { ServiceSettings } from '@benchbook/language-service';
import type { ServerSettings } from '@benchbook/protocol';

type Feature = 'completion' | 'formatting' | 'rename';
const FEATURES: ReadonlySet<unknown> = new Set<Feature>(['completion', 'formatting', 'rename']);

/** The section `benchbook`, read from whatever a client sent; what has the wrong type counts as absent. */
export function readSettings(given: unknown): ServerSettings {
  const section = recordOf(given);
  const preview = recordOf(section?.preview);
  const codeLens = recordOf(section?.codeLens);
  const others = recordOf(section?.leaveToOthers);
  return {
    preview: {
      ...(typeof preview?.enabled === 'boolean' && { enabled: preview.enabled }),
      ...(isCount(preview?.calls) && { calls: preview.calls }),
      ...(typeof preview?.conditions === 'boolean' && { conditions: preview.conditions }),
    },
    codeLens: { ...(typeof codeLens?.enabled === 'boolean' && { enabled: codeLens.enabled }) },
    leaveToOthers: Object.fromEntries(
      Object.entries(others ?? {}).map(([language, features]) => [
        language,
        Array.isArray(features)
          ? features.filter((feature): feature is Feature => FEATURES.has(feature))
          : [],
      ]),
    ),
  };
}

/** Whether another extension gives the feature for files of this language. */
export function isLeftToOthers(
  settings: ServerSettings,
  language: string | undefined,
  feature: Feature,
): boolean {
  const others = settings.leaveToOthers;
  if (language === undefined || others === undefined || !Object.hasOwn(others, language)) return false;
  return others[language]?.includes(feature) === true;
}

export function serviceSettings({ preview }: ServerSettings, trusted: boolean): ServiceSettings {
  return {
    trusted,
    ...(preview?.enabled !== undefined && { preview: preview.enabled }),
    ...(preview?.calls !== undefined && { previewCalls: preview.calls }),
  };
}

function recordOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
