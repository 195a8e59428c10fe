import type { EngineManifest } from '@benchbook/model';

export const manifest: EngineManifest = {
  name: 'cedar',
  title: 'Cedar',
  languages: ['cedar'],
  files: [
    { suffix: '.cedarschema.json', role: 'schema', language: 'cedar' },
    { suffix: '.cedarschema', role: 'schema', language: 'cedar' },
    { suffix: '.entities.json', role: 'entities', language: 'cedar' },
    { suffix: '.links.json', role: 'links', language: 'cedar' },
    { suffix: '.cedar', role: 'policy', language: 'cedar' },
  ],
  assets: ['cedar_wasm_bg.wasm'],
};
