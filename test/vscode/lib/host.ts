import type { Page } from 'playwright-core';

/** One way to run VS Code. */
export interface Host {
  readonly name: 'node' | 'web';
  /** What is claimed when a test passes under it. */
  readonly title: string;
  /** The page that opens the workspace, with one of its files in the editor. */
  url(file: string): string;
  /** What the host wrote, for when a test fails. */
  log(): string;
  stop(): Promise<void>;
}

export interface HostOptions {
  /** Absolute path of the workspace folder. */
  readonly workspace: string;
  /** Absolute path of an unpacked extension. */
  readonly extension: string;
  /** A folder of this run alone, for profiles and logs. */
  readonly run: string;
}

export type OpenPage = (host: Host, file: string) => Promise<Page>;
