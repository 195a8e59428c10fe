import { html, type Markup } from './markup.ts';

/** The one script and the one style of a page, with their digests. */
export interface PageAssets {
  readonly script: string;
  readonly scriptHash: string;
  readonly style: string;
  readonly styleHash: string;
}

/**
 * The page with a policy of its own: nothing is fetched, sent or framed, and of scripts and styles those alone run
 * whose digest stands here. Data for the script is text to a browser.
 */
export function page(
  title: string,
  body: readonly Markup[],
  data: string,
  { script, scriptHash, style, styleHash }: PageAssets,
): string {
  const policy = [
    "default-src 'none'",
    `style-src '${styleHash}'`,
    `script-src '${scriptHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const head = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
`.text;
  const main = html`</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
${body.map(
  (part) => html`${part}
`,
)}`.text;
  return `${head}<style>${style}</style>\n${main}<script type="application/json" id="page-data">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON that no parser of HTML or JavaScript can take for anything else. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
