/** The report panel's page. It is empty: its script asks for the report and gets it as a message. */

/** What the server gives: HTML without scripts and without `style` attributes. */
export interface Content {
  readonly html: string;
  readonly css: string;
}

export interface PageParts {
  /** Random, of this page alone. */
  readonly nonce: string;
  /** Where the webview gets our script. */
  readonly script: string;
  /** The workspace that it is about: the page keeps it, to be opened again with the window. */
  readonly folder: string;
}

/** Nothing is loaded but our own script; nothing styles but the sheet with the nonce; nothing is sent anywhere. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

export function page({ nonce, script, folder }: PageParts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Benchbook report</title>
<style id="sheet" nonce="${nonce}"></style>
</head>
<body data-folder="${escapeHtml(folder)}">
<main id="content" tabindex="-1"></main>
<script nonce="${nonce}" src="${escapeHtml(script)}"></script>
</body>
</html>`;
}

/** One sentence in place of a report. */
export function note(text: string): Content {
  const css =
    'body { padding: 1rem; color: var(--vscode-foreground); font-family: var(--vscode-font-family); }';
  return { css, html: `<p role="status">${escapeHtml(text)}</p>` };
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** 128 random bits in letters that a policy may hold. */
export function newNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
