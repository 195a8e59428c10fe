import { dedent } from '@benchbook/testkit';
import { expect, test } from 'vitest';
import { bracketed, KNOWN, openLanguage } from './open.ts';

const opened = await openLanguage();
const LIB = {
  'lib.rego': dedent`
    package lib

    # METADATA
    # title: Small *things*
    # description: Below the limit.
    small(x) if x < limit

    limit := 3
  `,
};

function hover(text: string, more: Readonly<Record<string, string>> = LIB): string {
  const at = opened.at({ 'a.rego': text, ...more });
  const found = opened.language.hover(at.path, at.offset, KNOWN);
  return found
    ? `${bracketed(at.text, [found.range])
        .split('\n')
        .find((line) => line.includes('[') && line.includes(']'))}\n${found.contents}`
    : '';
}

test('members of the call, with types and what was recorded', () => {
  expect(hover('package a\nallow if {\n\tinput.tool.name == "refund"\n\tinput.args.am|ount > 3\n}')).toBe(
    dedent`
      	input.args.[amount] > 3
      \`\`\`rego
      input.args.amount: number
      \`\`\`

      of \`refund\`

      In euros.

      Recorded in 1,200 calls.

      Examples: \`40\`, \`12.5\`
    `.replaceAll('\\`', '`'),
  );
});

test('tools, their text escaped', () => {
  expect(hover('package a\nallow if input.tool.name == "ref|und"')).toBe(
    'allow if input.tool.name == ["refund"]\ntool `refund`\n\nTool of `payments`.\n\nPays \\*back\\*.\n\n1,200 recorded calls.',
  );
  expect(hover('package a\nallow if input.tool.name == "ref|undd"')).toBe(
    'allow if input.tool.name == ["refundd"]\ntool `refundd`\n\nNo tool of this name is declared or recorded.',
  );
});

test('builtins', () => {
  expect(hover('package a\nallow if cou|nt(input.args.items) > 3')).toMatch(
    /^allow if \[count\]\(.*\n```rego\ncount\(collection: .*\) -> number\n```\n\nCount takes a collection or string/,
  );
});

test('rules of this and other packages, with METADATA and the type OPA found', async () => {
  opened.at({ 'a.rego': 'package a\nimport data.lib\nallow if lib.small(input.args.amount)\n', ...LIB });
  await opened.session.snapshot();
  const text = 'package a\nimport data.lib\nallow if lib.sm|all(input.args.amount)\n';
  expect(hover(text)).toBe(
    'allow if lib.[small](input.args.amount)\n```rego\ndata.lib.small(x): (any) => boolean\n```\n\n**Small \\*things\\*** Below the limit.\n\n1 clause in `policies/lib.rego`',
  );
  expect(hover('package a\nx := data.lib.lim|it')).toMatch(/data\.lib\.limit: number/);
});

test('variables and words', () => {
  expect(hover('package a\nallow if { item := input.tool.name; it|em == "x" }')).toBe(
    'allow if { item := input.tool.name; [item] == "x" }\n`item`: variable\n\n```rego\ninput.tool.name: string\n```\n\nName of the tool.',
  );
  expect(hover('package a\nf(x) if |x > 1')).toBe('f(x) if [x] > 1\n`x`: argument');
  expect(hover('package a\nallow if { ev|ery x in input.args.items { x.price > 1 } }')).toMatch(
    /`every`: Holds if/,
  );
  expect(hover('package a\n# any co|mment\nallow if true')).toBe('');
});
