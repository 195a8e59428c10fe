import { gzipSync } from 'node:zlib';
import { detectFormat, formatTitles } from '@benchbook/traces';
import { describe, expect, test } from 'vitest';
import { readAll, readLines, recording } from './support.ts';

const line = (seq: number, args = '{}') => `{"session":"s","seq":${seq},"tool":{"name":"t"},"args":${args}}`;
const lines = [0, 1, 2].map((seq) => line(seq)).join('\n');
const seqs = ({ calls }: { calls: { seq: number }[] }) => calls.map(({ seq }) => seq);

describe('bytes', () => {
  test.each([
    ['CRLF', lines.replaceAll('\n', '\r\n')],
    ['a byte-order mark', `\ufeff${lines}`],
    ['blank lines', `\n\n  \n${lines.replaceAll('\n', '\n\n\t\n')}\n\n`],
    ['no line end at the end', lines],
    ['gzip', gzipSync(lines)],
    ['gzip in two members', Buffer.concat([gzipSync(`${line(0)}\n`), gzipSync(`${line(1)}\n${line(2)}`)])],
  ])('%s changes nothing', async (_, content) => {
    const read = await readAll(recording(content));
    expect(read.problems).toEqual([]);
    expect(seqs(read)).toEqual([0, 1, 2]);
    expect(read.bytes).toBe(recording(content).size);
  });

  test('a cut gzip file gives what it holds and one problem more', async () => {
    const many = Array.from({ length: 2_000 }, (_, seq) =>
      line(seq, `{"x":"${Math.imul(seq, 2654435761)}"}`),
    ).join('\n');
    const whole = gzipSync(many);
    const read = await readAll(recording(whole.subarray(0, whole.length / 2)));
    const got = seqs(read);
    expect(got).toEqual(Array.from({ length: got.length }, (_, seq) => seq));
    expect(got.length).toBeGreaterThan(500);
    expect(read.problems.at(-1)).toEqual({
      file: 'rec',
      message: 'corrupt or incomplete gzip: unexpected end of file',
    });
  });

  test('corrupt gzip is a problem, not an exception', async () => {
    const whole = gzipSync(lines);
    whole.fill(0xff, 12, 30);
    const read = await readAll(recording(whole));
    expect(read.calls).toEqual([]);
    expect(read.problems.map(({ message }) => message.slice(0, 28))).toEqual([
      'corrupt or incomplete gzip: ',
    ]);
  });

  test('a source that fails is a problem', async () => {
    const read = await readAll({
      path: 'gone',
      size: 0,
      open: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('EACCES')) }) }),
    });
    expect(read.problems).toEqual([{ file: 'gone', message: 'cannot be read: EACCES' }]);
  });

  test('NUL bytes, trailing garbage and a cut last line cost their lines alone', async () => {
    const read = await readAll(
      recording(`${line(0)}\n\0\0\0\n${line(1)} x\n${line(1)}\n{"session":"s","seq":2,"to`),
    );
    expect(seqs(read)).toEqual([0, 1]);
    expect(read.problems.map(({ line: at }) => at)).toEqual([2, 3, 5]);
  });

  test('bytes that are no UTF-8: the call is read, the text that lost something is missing', async () => {
    const bytes = new TextEncoder().encode(
      `${line(0, '{"a":"x?y","b":"fine"}')}\n${line(1, '{"c":"\ufffd"}')}`,
    );
    bytes[bytes.indexOf(0x3f)] = 0xff;
    const { calls, problems } = await readAll(recording(bytes));
    expect(problems).toEqual([]);
    expect(calls.map(({ args, missing }) => [args, missing])).toEqual([
      [{ a: 'x\ufffdy', b: 'fine' }, ['/args/a', '/durationMs', '/ts']],
      [{ c: '\ufffd' }, ['/durationMs', '/ts']],
    ]);
  });
});

describe('unknown content', () => {
  const tried = `unknown format; tried ${formatTitles().join(', ')}`;
  test.each([
    ['empty', '', 'empty file'],
    ['blank', ' \n\r\n\t', 'empty file'],
    ['JSON of no format', '{"a":1}\n{"b":2}', tried],
    ['a JSON document of no format', '{\n "a": 1\n}', tried],
    ['a broken document', '{\n "a": 1,\n}', undefined],
    ['text', 'hello\nworld', undefined],
    ['binary', new Uint8Array([0, 1, 2, 255, 254, 10, 0, 7]), undefined],
  ])('%s gives one problem', async (_, content, message) => {
    const read = await readAll(recording(content));
    expect(read.calls).toEqual([]);
    expect(read.format).toBeNull();
    expect(read.problems.length).toBe(1);
    if (message) expect(read.problems).toEqual([{ file: 'rec', message }]);
    else expect(read.problems[0]!.message).toMatch(/not valid JSON/);
    expect(read.bytes).toBe(recording(content).size);
  });

  test('a first line that is cut does not make lines a document', async () => {
    const read = await readAll(recording(`{"session":"s","tool":{"na\n${line(0)}\n`));
    expect(seqs(read)).toEqual([0]);
    const open = await readAll(recording(`{"session":{"x":1\n${line(0)}\n`));
    expect([seqs(open), open.problems.map(({ line: at }) => at)]).toEqual([[0], [1]]);
  });
});

describe('limits', () => {
  test('a line of 50 MB is read', async () => {
    const big = 'x'.repeat(50 * 1024 * 1024);
    const { calls, problems } = await readAll(
      recording(`${line(0)}\n${line(1, `{"a":"${big}"}`)}\n${line(2)}`),
    );
    expect(problems).toEqual([]);
    expect(calls.map(({ args }) => (args as { a?: string }).a?.length)).toEqual([
      undefined,
      big.length,
      undefined,
    ]);
  });

  test('a line above the limit is skipped and told, in the middle and at the end', async () => {
    const big = `{"a":"${'x'.repeat(5_000)}"}`;
    for (const chunk of [1, 999, 100_000]) {
      const source = recording(`${line(0)}\n${line(9, big)}\n${line(1)}\n${line(8, big)}`, 'rec', chunk);
      const read = await readAll(source, { limits: { line: 1024 * 4 } });
      expect(seqs(read)).toEqual([0, 1]);
      expect(read.problems).toEqual([
        { file: 'rec', line: 2, message: 'line longer than 0.00390625 MB' },
        { file: 'rec', line: 4, message: 'line longer than 0.00390625 MB' },
      ]);
    }
  });

  test('a document above the limit is one problem', async () => {
    const text = JSON.stringify({ messages: [{ role: 'user', content: 'x'.repeat(9_000) }] }, null, 1);
    const read = await readAll(recording(text), { limits: { document: 8_192 } });
    expect(read.problems).toEqual([{ file: 'rec', message: 'one JSON document larger than 0.0078125 MB' }]);
  });

  test('batches go out as calls come', async () => {
    const text = Array.from({ length: 25 }, (_, seq) => line(seq)).join('\n');
    const { readRecording } = await import('@benchbook/traces');
    const sizes: number[] = [];
    for await (const { calls } of readRecording(recording(text), { limits: { batch: 10 } }))
      sizes.push(calls.length);
    expect(sizes).toEqual([10, 10, 5]);
  });
});

describe('hostile values', () => {
  test('arguments nested 10,000 deep are still a call, without arguments', async () => {
    const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    const asText = JSON.stringify(deep);
    const { calls, problems } = await readAll(
      recording(
        `${line(0, deep)}\n${line(1)}\n{"session":"s","seq":2,"tool":{"name":"t","x":${deep}},"args":{},"context":${deep},"result":{"status":"ok","content":${deep}},"labels":${deep},"input":${deep}}`,
      ),
    );
    expect(problems).toEqual([]);
    expect(calls[0]!.args).toBeNull();
    expect(calls[0]!.argsRaw).toBe(`${'{"a":'.repeat(200)}…${'}'.repeat(200)}`);
    expect(calls.map(({ missing }) => missing)).toEqual([
      ['/args', '/durationMs', '/ts'],
      ['/durationMs', '/ts'],
      ['/context', '/durationMs', '/input', '/labels', '/result/content', '/tool/x', '/ts'],
    ]);
    const chat = `{"messages":[{"role":"assistant","tool_calls":[{"function":{"name":"t","arguments":${asText}}}]}]}`;
    const [call] = (await readAll(recording(chat))).calls;
    expect([call!.args, call!.argsRaw!.length, call!.missing]).toEqual([
      null,
      60_001,
      ['/args', '/durationMs', '/ts'],
    ]);
    for (const wrapper of [
      `{"resourceSpans":${deep}}`,
      `{"run_type":"tool","id":1,"inputs":${deep}}`,
      `[${deep}]`,
      deep,
    ])
      expect((await readAll(recording(wrapper))).calls.length).toBeLessThan(2);
  });

  test('__proto__ and constructor are plain keys', async () => {
    const { calls } = await readAll(
      recording(
        line(0, '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1}'),
      ),
    );
    expect(Object.keys(calls[0]!.args!)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.getPrototypeOf(calls[0]!.args)).toBe(Object.prototype);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    const strange = await readAll(recording('{"__proto__":{"tool":{"name":"x"}},"session":"s","args":{}}'));
    expect(strange.calls).toEqual([]);
  });

  test('half surrogate pairs become U+FFFD and are missing; whole ones are text', async () => {
    const { calls } = await readAll(
      recording(
        `${line(0, '{"a":"\\ud83d","b":["ok","\\udc00x"],"c":"\\ud83d\\ude00"}')}\n${line(1, '{"x\\ud800":1}')}\n{"session":"\\ud800","tool":{"name":"t\\udfff"},"args":{}}`,
      ),
    );
    expect(calls.map(({ args, missing }) => [args, missing])).toEqual([
      [{ a: '\ufffd', b: ['ok', '\ufffdx'], c: '😀' }, ['/args/a', '/args/b/1', '/durationMs', '/ts']],
      [{ 'x\ufffd': 1 }, ['/args', '/durationMs', '/ts']],
      [{}, ['/durationMs', '/tool/name', '/ts']],
    ]);
    expect(calls[2]!.id.isWellFormed()).toBe(true);
  });

  test('numbers keep every digit, or are told', async () => {
    const args =
      '{"a":9007199254740993,"b":-123456789012345678901234567890,"c":0.1,"d":1e400,"e":[1e-400,1e3],' +
      '"f":0.12345678901234567,"g":20.224745988845825,"h":1e20,"i":"12345678901234567890, 1e400","j":4.0,"k":-0}';
    for (const text of [
      line(0, args),
      `{"messages":[{"role":"assistant","tool_calls":[{"function":{"name":"t","arguments":${JSON.stringify(args)}}}]}]}`,
    ]) {
      const [call] = (await readAll(recording(text))).calls;
      expect(call!.args).toEqual({
        a: 9007199254740993n,
        b: -123456789012345678901234567890n,
        c: 0.1,
        e: [0, 1000],
        f: 0.12345678901234566,
        g: 20.224745988845825,
        h: 100000000000000000000n,
        i: '12345678901234567890, 1e400',
        j: 4,
        k: -0,
      });
      expect(call!.missing).toEqual(['/args/d', '/args/e/0', '/args/f', '/durationMs', '/ts']);
    }
  });

  test('a number in the place of a key, or a mark like ours, fools nobody', async () => {
    const read = await readLines(
      line(0, '{"a":"\\u00010","b":12345678901234567890}'),
      line(1, '{12345678901234567890:1}'),
      line(1, '{"a":012345678901234567890}'),
    );
    expect(read.calls.map(({ args }) => args)).toEqual([{ a: '\u00010', b: 12345678901234567890n }]);
    expect(read.problems.map(({ line: at }) => at)).toEqual([2, 3]);
  });
});

describe('detectFormat', () => {
  test('tells from a sample, also a cut one', () => {
    expect(detectFormat(lines)).toBe('native');
    expect(detectFormat(`${lines}\n{"sess`)).toBe('native');
    const chat = JSON.stringify(
      {
        model: 'm',
        messages: [
          { role: 'user', content: 'x'.repeat(500) },
          { role: 'assistant', content: 'y' },
        ],
      },
      null,
      1,
    );
    expect(detectFormat(chat)).toBe('openai-chat');
    expect(detectFormat(new TextEncoder().encode(chat.slice(0, -30)))).toBe('openai-chat');
    expect(detectFormat('{"a": [1, 2, {"b": "')).toBeNull();
    expect(detectFormat('')).toBeNull();
    expect(detectFormat('}}}]]]')).toBeNull();
  });
});
