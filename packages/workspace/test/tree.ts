import type { EngineManifest, FileTree } from '@benchbook/model';

/** A tree held in memory; a Uint8Array stands for bytes that are no text. */
export function treeOf(files: Record<string, string | Uint8Array>): FileTree {
  return {
    list: async () => Object.keys(files).sort(),
    read: async (path) => {
      const content = files[path];
      if (content === undefined) throw new Error(`cannot read ${path}: no such file or folder`);
      return typeof content === 'string' ? new TextEncoder().encode(content) : content;
    },
  };
}

/** Three engines as their manifests tell them, without the engines. */
export const ENGINES: readonly EngineManifest[] = [
  {
    name: 'cedar',
    title: 'Cedar',
    languages: ['cedar'],
    files: [
      { suffix: '.cedar', role: 'policy', language: 'cedar' },
      { suffix: '.cedarschema', role: 'schema', language: 'cedar' },
      { suffix: '.entities.json', role: 'entities', language: 'cedar' },
    ],
    assets: [],
  },
  {
    name: 'cel',
    title: 'CEL',
    languages: ['cel', 'cel-policy'],
    files: [
      { suffix: '.cel.yaml', role: 'policy', language: 'cel-policy' },
      { suffix: '.cel', role: 'policy', language: 'cel' },
      { suffix: '.controls.yaml', role: 'controls', language: 'cel-policy' },
    ],
    assets: [],
  },
  {
    name: 'rego',
    title: 'Rego',
    languages: ['rego'],
    files: [
      { suffix: '_test.rego', role: 'test', language: 'rego' },
      { suffix: '.rego', role: 'policy', language: 'rego' },
      { suffix: '.manifest', role: 'manifest', language: 'rego', companion: true },
      { suffix: 'data.json', role: 'data', language: 'rego', companion: true },
      { suffix: 'data.yaml', role: 'data', language: 'rego', companion: true },
    ],
    assets: [],
    settingKeys: ['version', 'entrypoints'],
  },
];
