import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** What a page's script and style are made of, by command. */
const entries = {
  diff: {
    main: new URL('../../src/diff/html/client/main.ts', import.meta.url),
    styles: new URL('../../src/diff/html/client/report.css', import.meta.url),
  },
  replay: {
    main: new URL('../../src/replay/html/client/main.ts', import.meta.url),
    styles: new URL('../../src/replay/html/client/report.css', import.meta.url),
  },
  simulate: {
    main: new URL('../../src/simulate/html/client/main.ts', import.meta.url),
    styles: new URL('../../src/simulate/html/client/report.css', import.meta.url),
  },
};

/** The module that holds a page's script and style as text, made from its `client/` alone. */
export async function buildAssets(command: keyof typeof entries): Promise<string> {
  const { main, styles } = entries[command];
  const [script, style] = await Promise.all([bundle(main), bundle(styles)]);
  const lines = [
    '// Generated from client/ by the test that compares it; `vitest -u` writes it anew.',
    '// biome-ignore-all format: generated',
    '// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the script',
    `export const script = ${JSON.stringify(script)};`,
    `export const scriptHash = '${digest(script)}';`,
    `export const style = ${JSON.stringify(style)};`,
    `export const styleHash = '${digest(style)}';`,
  ];
  return `${lines.join('\n')}\n`;
}

async function bundle(entry: URL): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
    conditions: ['@benchbook/source'],
    legalComments: 'none',
  });
  return result.outputFiles[0]!.text.trim();
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
