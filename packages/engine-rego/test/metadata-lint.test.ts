import { expect, test } from 'vitest';
import { lintMetadata } from '../src/session/metadata-lint.ts';

const told = (text: string) =>
  lintMetadata({ path: 'a.rego', text }).map(({ code, range }) => [
    code,
    text.slice(range!.start, range!.end),
  ]);

test('controls at the top of METADATA, where OPA ignores them', () => {
  expect(
    told('package a\r\n\r\n# METADATA\r\n# title: Ä\r\n# controls:\r\n#   x: ["1"]\r\nallow := true\r\n'),
  ).toEqual([['rego/non-custom-key', 'controls']]);
  expect(told('# METADATA\n# eu-ai-act: ["14(1)"]\npackage a\n')).toEqual([
    ['rego/non-custom-key', 'eu-ai-act'],
  ]);
});

test('a block that a blank line parts from its rule', () => {
  expect(told('package a\n\n# METADATA\n# title: x\n\nallow := true\n')).toEqual([
    ['rego/detached-metadata', '# METADATA'],
  ]);
});

test('nothing where controls stand under custom, and in other comments', () => {
  expect(
    told(
      'package a\n\n# METADATA\n# custom:\n#   controls:\n#     eu-ai-act: ["14(1)"]\nallow := true\n\n# controls: none\n',
    ),
  ).toEqual([]);
});
