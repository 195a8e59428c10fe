import { expect, test } from 'vitest';
import { leaveToOthers } from '../src/client/others.ts';

const all = ['completion', 'formatting', 'rename'];
const opa = {
  id: 'tsandall.opa',
  packageJSON: { main: './out/extension', contributes: { languages: [{ id: 'rego' }] } },
};
const cedar = {
  id: 'cedar-policy.vscode-cedar',
  packageJSON: {
    main: './out/extension.js',
    contributes: { languages: [{ id: 'cedar' }, { id: 'cedar-injection' }, { id: 'cedarschema' }] },
  },
};
const grammarOnly = { id: 'hmarr.cel', packageJSON: { contributes: { languages: [{ id: 'cel' }] } } };
const webCel = {
  id: 'someone.cel-server',
  packageJSON: { browser: './dist/web.js', activationEvents: ['onLanguage:cel'] },
};
const own = {
  id: 'Benchbook.benchbook',
  packageJSON: {
    main: './dist/node/extension.js',
    contributes: { languages: [{ id: 'cel' }, { id: 'rego' }] },
  },
};
const auto = (...extensions: Parameters<typeof leaveToOthers>[2]) =>
  leaveToOthers('auto', 'benchbook.benchbook', extensions);

test('leaves a language to an extension with code that serves it, and the others not', () => {
  expect(auto(own, opa)).toEqual({ rego: all });
  expect(auto(own, cedar)).toEqual({ cedar: all, cedarschema: all });
});

test('leaves nothing to a grammar alone, nor to itself', () => {
  expect(auto(own, grammarOnly)).toEqual({});
});

test('knows an extension by what it is activated on', () => {
  expect(auto(own, webCel)).toEqual({ cel: all });
});

test('gives everything under `on`, nothing under `off`', () => {
  expect(leaveToOthers('on', 'benchbook.benchbook', [opa])).toEqual({});
  expect(Object.keys(leaveToOthers('off', 'benchbook.benchbook', []))).toEqual([
    'cedar',
    'cedarschema',
    'rego',
    'cel',
    'cel-policy',
  ]);
});

test('takes any manifest', () => {
  const odd = [null, 7, { main: 1 }, { main: 'x', contributes: { languages: 'rego' } }].map(
    (packageJSON, i) => ({
      id: `odd.${i}`,
      packageJSON,
    }),
  );
  expect(auto(...odd)).toEqual({});
});
