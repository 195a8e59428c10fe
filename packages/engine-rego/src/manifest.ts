import type { EngineManifest } from '@benchbook/model';

/** The toolchain module's asset name. */
export const TOOLCHAIN_ASSET = 'toolchain.wasm';

/** What the engine takes; importing it loads no engine code. */
export const manifest: EngineManifest = {
  name: 'rego',
  title: 'Rego',
  version: '1.21.4',
  languages: ['rego'],
  files: [
    { suffix: '_test.rego', role: 'test', language: 'rego' },
    { suffix: '.rego', role: 'policy', language: 'rego' },
    { suffix: 'data.json', role: 'data', language: 'rego', companion: true },
    { suffix: 'data.yaml', role: 'data', language: 'rego', companion: true },
    { suffix: 'data.yml', role: 'data', language: 'rego', companion: true },
    { suffix: '.manifest', role: 'manifest', language: 'rego', companion: true },
  ],
  assets: [TOOLCHAIN_ASSET],
  settingKeys: ['version', 'entrypoints'],
  mappingKeys: ['input'],
};
