import type { EngineManifest } from '@benchbook/model';

export const manifest: EngineManifest = {
  name: 'cedar',
  title: 'Cedar',
  version: '4.13.0',
  languages: ['cedar'],
  files: [
    { suffix: '.cedarschema.json', role: 'schema', language: 'cedar' },
    { suffix: '.cedarschema', role: 'schema', language: 'cedar' },
    { suffix: '.entities.json', role: 'entities', language: 'cedar' },
    { suffix: '.links.json', role: 'links', language: 'cedar' },
    // Of `cedar run-tests`; only beside policies, since other tools call their files so as well.
    { suffix: '.tests.json', role: 'test', language: 'cedar', companion: true },
    { suffix: '.test.json', role: 'test', language: 'cedar', companion: true },
    { suffix: '_tests.json', role: 'test', language: 'cedar', companion: true },
    { suffix: '_test.json', role: 'test', language: 'cedar', companion: true },
    { suffix: 'tests.json', role: 'test', language: 'cedar', companion: true },
    { suffix: '.cedar', role: 'policy', language: 'cedar' },
  ],
  assets: ['cedar_wasm_bg.wasm'],
};
