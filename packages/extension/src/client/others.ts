/** What is left to other extensions, so that nothing appears twice. */
import type { ServerSettings } from '@benchbook/protocol';
import { LANGUAGES } from './selector.ts';

/** What can be told of an extension without running it. */
export interface OtherExtension {
  readonly id: string;
  /** Its `package.json`, as the editor gives it. */
  readonly packageJSON: unknown;
}

export type LeaveToOthers = NonNullable<ServerSettings['leaveToOthers']>;
type Feature = LeaveToOthers[string][number];

const FEATURES: readonly Feature[] = ['completion', 'formatting', 'rename'];

/**
 * Under `auto` a language's {@link FEATURES} are left to the first other extension that has code of its own and serves
 * it: Open Policy Agent (`tsandall.opa`, with Regal) serves `rego`, Cedar (`cedar-policy.vscode-cedar`) serves `cedar`
 * and `cedarschema`. One that brings a grammar alone (`hmarr.cel`) gives nothing that could appear twice.
 */
export function leaveToOthers(
  mode: string,
  ownId: string,
  extensions: readonly OtherExtension[],
): LeaveToOthers {
  if (mode === 'on') return {};
  const served = (language: string) =>
    mode === 'off' ||
    extensions.some((other) => isNot(other.id, ownId) && serves(other.packageJSON, language));
  return Object.fromEntries(LANGUAGES.filter(served).map((language) => [language, FEATURES]));
}

function isNot(id: string, own: string): boolean {
  return id.toLowerCase() !== own.toLowerCase();
}

function serves(manifest: unknown, language: string): boolean {
  const { main, browser, activationEvents, contributes } = record(manifest);
  if (typeof main !== 'string' && typeof browser !== 'string') return false;
  const contributed = list(record(contributes).languages).some((entry) => record(entry).id === language);
  return contributed || list(activationEvents).includes(`onLanguage:${language}`);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
