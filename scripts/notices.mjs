// Licences of the packages that bundles hold.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** A text with the name, version and licence of every npm package that went into these esbuild metafiles. */
export function notices(root, metafiles) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = new Set(
    inputs.map((input) => PACKAGE.exec(input)?.[1]).filter((folder) => folder !== undefined),
  );
  const entries = [...folders].map((folder) => entry(join(root, folder))).filter((one) => one !== null);
  const distinct = new Map(entries.map(({ title, text }) => [title, text]));
  const parts = [...distinct]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, text]) => `${title}\n\n${text}`);
  return [
    'This extension holds parts of the following packages under their own licences.',
    'The Rego toolchain (dist/assets/toolchain.wasm.gz) is built from Open Policy Agent, Apache License 2.0: https://github.com/open-policy-agent/opa',
    'The Cedar engine (dist/assets/cedar_wasm_bg.wasm.gz) is of Cedar, Apache License 2.0: https://github.com/cedar-policy/cedar',
    ...parts,
  ].join('\n\n----\n\n');
}

function entry(folder) {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return null;
  const { name, version, license } = JSON.parse(readFileSync(manifest, 'utf8'));
  if (name === undefined || name.startsWith('@benchbook/')) return null;
  const file = readdirSync(folder).find((one) => /^licen[cs]e(\.(md|txt))?$/i.test(one));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`;
  return { title: `${name} ${version}`, text };
}
