import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const artifacts = fileURLToPath(new URL('artifacts/', import.meta.url));

/** Path of a file that a run leaves to be looked at. */
export function artifact(name: string): string {
  mkdirSync(artifacts, { recursive: true });
  return artifacts + name;
}

/** A page opened from disk, and all that went wrong in it: errors, warnings, requests beyond the file itself. */
export interface OpenPage {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Writes a report to disk and opens it, in a context of its own. */
export async function openReport(
  browser: Browser,
  name: string,
  text: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const path = artifact(name);
  writeFileSync(path, text);
  const url = pathToFileURL(path).href;
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== url) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
}

/** Calls that the list shows, by their ids. */
export function shownCalls(page: Page): Promise<string[]> {
  return page.locator('#calls-list .c-id').allTextContents();
}
