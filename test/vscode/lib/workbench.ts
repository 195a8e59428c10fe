import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FrameLocator, Locator, Page } from 'playwright-core';

const artifacts = fileURLToPath(new URL('../artifacts/', import.meta.url));

/** Writes a file that a run leaves to be looked at. */
export function keep(name: string, text: string): void {
  mkdirSync(artifacts, { recursive: true });
  writeFileSync(artifacts + name, text);
}

/** Milliseconds that a first answer may take on a slow machine. */
const FIRST = 60_000;
const SOON = 20_000;

/** What a user does in VS Code, as a test says it. Everything waits for what it names, and fails with a picture. */
export interface Workbench {
  readonly page: Page;
  /** Lines of the editor that has the focus. */
  readonly lines: Locator;
  readonly squiggles: Locator;
  readonly lenses: Locator;
  /** A line of the editor that shows this text, inlay hints among it. */
  line(text: string | RegExp): Locator;
  waitForLine(text: string | RegExp): Promise<string>;
  waitForSquiggle(kind?: 'error' | 'warning'): Promise<void>;
  waitForLens(text: string | RegExp): Promise<string>;
  clickLens(text: string | RegExp): Promise<void>;
  /** Puts the cursor, both from 1. */
  goTo(line: number, column: number): Promise<void>;
  type(text: string): Promise<void>;
  /** Labels of what the editor proposes at the cursor. */
  complete(): Promise<readonly string[]>;
  /** Labels of quick fixes at the cursor. */
  quickFixes(): Promise<readonly string[]>;
  takeFix(text: string | RegExp): Promise<void>;
  /** Runs a command by its name in the palette. */
  command(name: string): Promise<void>;
  openFile(path: string): Promise<void>;
  /** Rows of a view in the side bar. */
  rows(): Locator;
  webview(): FrameLocator;
  notification(text: string | RegExp): Locator;
  picture(name: string): Promise<void>;
}

/** Drives an open page; waits until the editor shows something. */
export async function openWorkbench(page: Page, url: string, prefix: string): Promise<Workbench> {
  await page.goto(url);
  const editor = page.locator('.editor-instance .monaco-editor').first();
  await editor.locator('.view-line').first().waitFor({ timeout: FIRST });
  const lines = page.locator('.editor-instance .view-line');
  const squiggles = page.locator('.editor-instance .squiggly-error, .editor-instance .squiggly-warning');
  const lenses = page.locator('.codelens-decoration a');
  const line = (text: string | RegExp) => lines.filter({ hasText: text }).first();

  const bench: Workbench = {
    page,
    lines,
    squiggles,
    lenses,
    line,
    waitForLine: async (text) => {
      await line(text).waitFor({ timeout: FIRST });
      return plain(await line(text).textContent());
    },
    waitForSquiggle: async (kind) => {
      const wanted = kind === undefined ? squiggles : page.locator(`.editor-instance .squiggly-${kind}`);
      await wanted.first().waitFor({ state: 'attached', timeout: FIRST });
    },
    waitForLens: async (text) => {
      const lens = lenses.filter({ hasText: text }).first();
      await lens.waitFor({ timeout: FIRST });
      return plain(await lens.textContent());
    },
    clickLens: async (text) => {
      // An editor that loses the focus within a quarter of a second of a lens's coming forgets its command.
      await focus();
      await page.waitForTimeout(500);
      await lenses.filter({ hasText: text }).first().click({ timeout: SOON });
    },
    goTo: async (number, column) => {
      await page.keyboard.press('Control+1');
      await page.keyboard.press('Control+g');
      const input = page.locator('.quick-input-widget input');
      await input.waitFor({ timeout: SOON });
      await input.fill(`:${number}:${column}`);
      await page.keyboard.press('Enter');
      await page.getByText(`Ln ${number}, Col ${column}`, { exact: true }).waitFor({ timeout: SOON });
    },
    type: (text) => page.keyboard.type(text, { delay: 15 }),
    complete: async () => {
      await page.keyboard.press('Control+Space');
      const list = page.locator('.suggest-widget.visible .monaco-list-row .label-name');
      await list.first().waitFor({ timeout: SOON });
      const labels = (await list.allTextContents()).map(plain);
      return labels;
    },
    quickFixes: async () => {
      await page.keyboard.press('Control+.');
      const rows = page.locator('.action-widget .monaco-list-row.action');
      await rows.first().waitFor({ timeout: SOON });
      return (await rows.allTextContents()).map(plain);
    },
    takeFix: async (text) => {
      // By keyboard: the list is drawn anew whenever findings come, and has no moment to be clicked.
      const rows = page.locator('.action-widget .monaco-list-row.action');
      const labels = (await rows.allTextContents()).map(plain);
      const at = labels.findIndex((label) =>
        typeof text === 'string' ? label.includes(text) : text.test(label),
      );
      if (at === -1) throw new Error(`no such fix among ${labels.join(', ')}`);
      for (let step = 0; step < at; step++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await rows.first().waitFor({ state: 'hidden', timeout: SOON });
    },
    command: async (name) => {
      await page.keyboard.press('F1');
      const input = page.locator('.quick-input-widget input');
      await input.waitFor({ timeout: SOON });
      await input.fill(`>${name}`);
      const row = page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: name }).first();
      await row.waitFor({ timeout: SOON });
      await row.click();
    },
    openFile: async (path) => {
      await page.keyboard.press('Control+1');
      await page.keyboard.press('Control+p');
      const input = page.locator('.quick-input-widget input');
      await input.waitFor({ timeout: SOON });
      await input.fill(path);
      await page
        .locator('.quick-input-widget .monaco-list-row')
        .filter({ hasText: path.slice(path.lastIndexOf('/') + 1) })
        .first()
        .waitFor({ timeout: SOON });
      await page.keyboard.press('Enter');
      await page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: SOON });
    },
    rows: () => page.locator('.sidebar .pane-body .monaco-list-row'),
    webview: () => page.frameLocator('iframe.webview').frameLocator('iframe#active-frame'),
    notification: (text) => page.locator('.notification-toast').filter({ hasText: text }).first(),
    picture: async (name) => {
      mkdirSync(artifacts, { recursive: true });
      await page.screenshot({ path: `${artifacts}${prefix}-${name}.png` });
    },
  };
  return bench;

  /** Clicks into the editor, below its text: scrolling it into view would move the text away. */
  async function focus(): Promise<void> {
    await page.keyboard.press('Escape');
    const box = await editor.boundingBox();
    if (box === null) throw new Error('the editor is not shown');
    await page.mouse.click(box.x + box.width - 80, box.y + box.height - 30);
  }
}

/** Editors show blanks that do not break, and hints add marks that have no width. */
function plain(text: string | null): string {
  return (text ?? '')
    .replace(/[\u00a0\u2007]/g, ' ')
    .replace(/[\u200b-\u200d\ufeff]/g, '')
    .trim();
}
