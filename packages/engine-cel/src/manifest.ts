import type { EngineManifest } from '@benchbook/model';

export const manifest: EngineManifest = {
  name: 'cel',
  title: 'CEL',
  version: '8.0.0',
  languages: ['cel', 'cel-policy'],
  files: [
    { suffix: '.controls.yaml', role: 'controls', language: 'cel-policy', companion: true },
    { suffix: '.tests.yaml', role: 'test', language: 'cel-policy', companion: true },
    { suffix: 'tests.yaml', role: 'test', language: 'cel-policy', companion: true },
    { suffix: '.cel.yaml', role: 'policy', language: 'cel-policy' },
    { suffix: '.cel', role: 'policy', language: 'cel' },
  ],
  assets: [],
};
