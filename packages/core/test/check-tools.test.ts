import type { Diagnostic, ObservedField, ToolDefinition, Use } from '@benchbook/model';
import { dedent, parseMarked, renderMarked } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { argumentIndex } from '../src/check/tools/argument-index.ts';
import { checkTools } from '../src/check/tools/check-tools.ts';

const REFUND: ToolDefinition = {
  name: 'refund',
  inputSchema: {
    type: 'object',
    properties: {
      amount: { type: 'integer' },
      order: { $ref: '#/$defs/order' },
      lines: { type: 'array', items: { type: 'object', properties: { price: { type: 'number' } } } },
      note: { anyOf: [{ type: 'string' }, { type: 'object', properties: { text: { type: 'string' } } }] },
    },
    $defs: { order: { type: 'object', properties: { id: {} }, additionalProperties: false } },
  },
};
const OPEN: ToolDefinition = {
  name: 'search',
  inputSchema: { type: 'object', properties: { query: {} }, additionalProperties: true },
};
const LOOP: ToolDefinition = { name: 'loop', inputSchema: { $ref: '#' } };

function field(tool: string, pointer: string): ObservedField {
  return { tool, pointer, types: ['string'], examples: [], calls: 1 };
}

describe('what is known of an argument', () => {
  const index = argumentIndex(
    [REFUND, OPEN, LOOP],
    [
      field('refund', '/args/channel'),
      field('mail', '/args/to'),
      field('ping', '/args/host'),
      field('refund', '/agent/id'),
    ],
    new Map([
      ['mail', 40],
      ['ping', 3],
    ]),
  );

  test.each([
    ['refund', 'amount', 'known'],
    ['refund', 'amout', 'unknown'],
    ['refund', 'order.id', 'known'],
    ['refund', 'order.number', 'unknown'],
    ['refund', 'order.id.digits', 'open'],
    ['refund', 'lines.-.price', 'known'],
    ['refund', 'lines.-.tax', 'unknown'],
    ['refund', 'note.text', 'known'],
    ['refund', 'note.body', 'unknown'],
    ['refund', 'amount.currency', 'unknown'],
    // Recorded, though no schema names it.
    ['refund', 'channel', 'known'],
    ['search', 'limit', 'open'],
    ['loop', 'anything', 'open'],
    // Known by its calls alone: enough of them, or too few to tell.
    ['mail', 'to', 'known'],
    ['mail', 'cc', 'unknown'],
    ['mail', 'to.name', 'open'],
    ['ping', 'port', 'open'],
  ])('%s %s is %s', (tool, path, expected) => {
    expect(index.argument(tool, path.split('.'))).toBe(expected);
  });

  test('tools and members are listed in order', () => {
    expect(index.tools).toEqual(['loop', 'mail', 'ping', 'refund', 'search']);
    expect(index.members('refund', [])).toEqual(['amount', 'channel', 'lines', 'note', 'order']);
    expect(index.members('refund', ['lines', '-'])).toEqual(['price']);
  });

  test('a survey that is full leaves what it does not hold open', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => field('mail', `/args/x${at}`));
    expect(argumentIndex([REFUND], many, new Map([['mail', 40]])).argument('refund', ['amout'])).toBe('open');
  });
});

/** Uses written as carets: `tool NAME`, or `fact POINTER [guarded] [TOOL...]`. */
function usesOf(marked: string): { readonly text: string; readonly uses: Use[] } {
  const { text, marks } = parseMarked(marked);
  const uses = marks.map(({ range, label }): Use => {
    const [kind, name = '', ...rest] = label.split(' ');
    if (kind === 'tool') return { kind, range, name };
    return {
      kind: 'fact',
      range,
      pointer: name,
      tools: rest.filter((word) => word !== 'guarded'),
      guarded: rest.includes('guarded'),
    };
  });
  return { text, uses };
}

function check(marked: string, tools: readonly ToolDefinition[], others: readonly Diagnostic[] = []) {
  const { text, uses } = usesOf(marked);
  return {
    text,
    found: checkTools([{ path: 'a.cel', text, uses }], argumentIndex(tools, [], new Map()), others),
  };
}

function rendered(marked: string, tools: readonly ToolDefinition[], others?: readonly Diagnostic[]): string {
  const { text, found } = check(marked, tools, others);
  return renderMarked(
    text,
    found.map(({ diagnostic }) => diagnostic),
  );
}

describe('tools and arguments that nobody knows', () => {
  test('are told where they stand, with what was meant', () => {
    const marked = dedent`
      tool == "refnd" && args.amout > 10 && args.order.nr == 1
               ^^^^^ tool refnd
                              ^^^^^ fact /args/amout refund
                                                       ^^ fact /args/order/nr refund
    `;
    expect(rendered(marked, [REFUND])).toBe(dedent`
      tool == "refnd" && args.amout > 10 && args.order.nr == 1
      //       ^^^^^ unknown-tool: no tool \`refnd\` is declared in the tools files or recorded; did you mean \`refund\`?
      //                      ^^^^^ unknown-argument: \`refund\` does not take an argument \`amout\`, and no recorded call has it; did you mean \`amount\`?
      //                                               ^^ unknown-argument: \`refund\` does not take an argument \`order.nr\`, and no recorded call has it; known: \`id\`
    `);
  });

  test('come with the change that mends them, without the quotes around', () => {
    const { text, found } = check('tool == "refnd"\n        ^^^^^^^ tool refnd', [REFUND]);
    const { range, newText } = found[0]!.meant!;
    expect(text.slice(0, range.start) + newText + text.slice(range.end)).toBe('tool == "refund"');
  });

  test('nothing that may be there, is tested for, or is told already', () => {
    const quiet = dedent`
      has(args.extra) && args.limit > 1 && args.amout > 1 && args.amout > 2
               ^^^^^ fact /args/extra guarded refund
                              ^^^^^ fact /args/limit search
                                                ^^^^^ fact /args/amout
                                                                  ^^^^^ fact /args/amout refund elsewhere
    `;
    expect(rendered(quiet, [REFUND, OPEN])).toBe(usesOf(quiet).text);
    const told: Diagnostic = {
      code: 'x',
      severity: 'error',
      message: '',
      file: 'a.cel',
      range: { start: 5, end: 10 },
    };
    const marked = 'args.amout > 1\n     ^^^^^ fact /args/amout refund';
    expect(check(marked, [REFUND], [told]).found).toEqual([]);
    expect(check(marked, [REFUND], [{ ...told, file: 'b.cel' }]).found).toHaveLength(1);
  });

  test('an argument of no tool at all is told without knowing the tool', () => {
    const marked = 'args.amout > 1\n     ^^^^^ fact /args/amout';
    expect(rendered(marked, [REFUND])).toBe(
      'args.amout > 1\n//   ^^^^^ unknown-argument: no tool takes an argument `amout`, and no recorded call has it; did you mean `amount`?',
    );
  });

  test('below an unknown argument nothing more is told', () => {
    const marked = dedent`
      args.ordr.id == 1
           ^^^^ fact /args/ordr refund
                ^^ fact /args/ordr/id refund
    `;
    expect(check(marked, [REFUND]).found.map(({ diagnostic }) => diagnostic.range)).toEqual([
      { start: 5, end: 9 },
    ]);
  });

  test('where no tool is known, nothing is said', () => {
    expect(check('tool == "refnd"\n         ^^^^^ tool refnd', []).found).toEqual([]);
  });

  test('a long or hostile name stays on one line', () => {
    const name = `x\`\n${'y'.repeat(100)}`;
    const use: Use = { kind: 'tool', range: { start: 0, end: 1 }, name };
    const [found] = checkTools(
      [{ path: 'a', text: 'x', uses: [use] }],
      argumentIndex([REFUND], [], new Map()),
      [],
    );
    expect(found!.diagnostic.message).toBe(
      `no tool \`x ${'y'.repeat(57)}…\` is declared in the tools files or recorded; known: \`refund\``,
    );
  });
});
