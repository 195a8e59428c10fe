import { readFileSync } from 'node:fs';
import { repositoryRoot, runCli, tempWorkspace } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { expandSnippet } from './expand.ts';
import { tokenize } from './tokenize.ts';

interface Snippet {
  readonly prefix: string | readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

interface Language {
  readonly suffix: string;
  /** The rest of a file around a snippet that stands alone in it. */
  readonly around: (text: string) => string;
  /** The same for snippets that are a part of a policy. */
  readonly parts: { readonly [name: string]: (text: string) => string };
}

const indent = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by));
const permit = (clause: string) => `permit (principal, action, resource)\n${clause};\n`;
const body = (text: string) =>
  `package t\n\ndeny contains "x" if {\n${indent(text, 1)}\n\tinput.tool.name == "a"\n}\n`;
const oneCase = (text: string) => `name: t\nrule:\n  id: t\n  match:\n${indent(text, 4)}\n`;
const someCase = oneCase('- condition: tool.name == "a"\n  output: "false"');

const languages: { readonly [name: string]: Language } = {
  cedar: {
    suffix: '.cedar',
    around: (text) => text,
    parts: {
      'When clause': (text) => permit(text.replace('{  }', '{ true }')),
      'Unless clause': (text) => permit(text.replace('{  }', '{ true }')),
      'Control annotation': (text) => text.replace('""', '"14(1)"') + permit('when { true }'),
      'Silence a diagnostic': (text) => `${text}\n${permit('when { true }')}`,
    },
  },
  rego: {
    suffix: '.rego',
    around: (text) => `package t\n\n${text}\n`,
    parts: {
      'Policy file': (text) => text,
      'Earlier call of the session': body,
      Every: (text) => body(text.replace('\t', '\titem != ""')),
      'METADATA with controls': (text) =>
        `package t\n\n${text}\ndeny contains "x" if input.tool.name == "a"\n`,
      'Silence a diagnostic': (text) => `package t\n\n${text}\ndeny contains "x" if input.tool.name == "a"\n`,
      Test: (text) => `package t\n\ndefault allow := false\n\n${text}\n`,
    },
  },
  cel: {
    suffix: '.cel',
    around: (text) => text,
    parts: {
      'One of two': (text) => text.replace(/\w+ \? \w+ : \w+/, 'has(args.x) ? true : false'),
      'Argument is there and': (text) => text.replace('value', '1'),
    },
  },
  'cel-policy': {
    suffix: '.cel.yaml',
    around: oneCase,
    parts: {
      'Policy file': (text) => text,
      Variables: (text) => someCase.replace('  match:', `${indent(text, 2)}\n  match:`),
      'Controls of a case': (text) => someCase.replace('    - cond', `    ${text}\n    - cond`),
      'Silence a diagnostic': (text) => someCase.replace('    - cond', `    ${text}\n    - cond`),
      'Nested rule': (text) => oneCase(text.replace('"REQUIRE_APPROVAL"', '"escalate"')),
    },
  },
};

describe.each(Object.entries(languages))('snippets for %s', (language, { suffix, around, parts }) => {
  const snippets = Object.entries(
    JSON.parse(
      readFileSync(`${repositoryRoot}packages/extension/snippets/${language}.json`, 'utf8'),
    ) as Record<string, Snippet>,
  );
  const filled = snippets.map(([name, { body }]) => {
    const text = expandSnippet(body.join('\n')).trimEnd();
    return { name, text: (Object.hasOwn(parts, name) ? parts[name]! : around)(text) };
  });

  test('say what they do, and no prefix names two', () => {
    expect(snippets.filter(([, { description }]) => description === '')).toEqual([]);
    const prefixes = snippets.flatMap(([, { prefix }]) => prefix);
    expect(prefixes.filter((one, index) => prefixes.indexOf(one) !== index)).toEqual([]);
  });

  test('are coloured without anything invalid', async () => {
    for (const { name, text } of filled) {
      const pieces = await tokenize(`source.${language}`, text);
      expect([name, pieces.filter(({ scopes }) => scopes.some((one) => one.startsWith('invalid')))]).toEqual([
        name,
        [],
      ]);
    }
  });

  test('load in the real engine as they come', async () => {
    const files = filled.map(({ name, text }) => {
      const path = `policies/${name.replaceAll(/\W+/g, '-').toLowerCase()}/t${name === 'Test' ? '_test' : ''}${suffix}`;
      // Ids are one per workspace, and so are packages' defaults.
      const own = path.replaceAll(/\W/g, '_');
      return [path, text.replace(/^package .*$/m, `package ${own}`).replace('@id("name")', `@id("${own}")`)];
    });
    const folder = await tempWorkspace(Object.fromEntries(files));
    const { stdout, stderr } = await runCli(['check', '--format', 'json'], { cwd: folder });
    expect(stderr).toBe('');
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { severity: string; file: string; message: string }[];
    };
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

test('a place that is left empty, a choice, a place that repeats another, and what is escaped', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the places of a snippet
  expect(expandSnippet('a${1:b}c$2 ${3|x,y|} $1 ${4:<$1>} \\$5 \\}$0')).toBe('abc x b <b> $5 }');
});
