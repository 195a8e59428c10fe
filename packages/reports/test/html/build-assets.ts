import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The module that holds a page's script and style as text, made from `src/COMMAND/html/client/` alone. */
export async function buildAssets(command: string): Promise<string> {
  const client = new URL(`../../src/${command}/html/client/`, import.meta.url);
  const main = new URL('main.ts', client);
  const styles = new URL('report.css', client);
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
