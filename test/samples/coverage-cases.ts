/** Changes to the samples, each with what coverage must make of it. */
import type { Call } from '@benchbook/model';
import { call, sessionOf } from '@benchbook/testkit';
import type { SAMPLES } from './sample-bench.ts';

interface Added {
  readonly title: string;
  readonly calls: readonly Call[];
  /** Policies that applied to nothing before. */
  readonly policies: readonly string[];
  /** Conditions that were not seen both ways before. */
  readonly conditions: readonly string[];
}

const DESK = { agent: { id: 'desk-assistant' }, user: { id: 'mara.voss', roles: ['support'] } };
const TREASURY = { agent: { id: 'payments-agent' } };
const CODING = { agent: { id: 'claude-code' }, context: { cwd: '/home/dev/src/ledger' } };
const PAYMENT = {
  debtor_account: 'SE3550000000054910000003',
  vendor_id: 'V-2001',
  creditor_iban: 'NL91ABNA0417164300',
  amount: 500,
  currency: 'EUR',
  invoice_id: 'INV-1',
};

/** Calls that show what no recording shows. */
export const ADDED: Readonly<Record<(typeof SAMPLES)[number], readonly Added[]>> = {
  'support-desk': [
    {
      title: 'a voucher of 50.01',
      calls: [call({ ...DESK, tool: 'issue_voucher', args: { customer_id: 'C-1', amount: 50.01 } })],
      policies: [],
      conditions: ['context.input.amount.lessThanOrEqual(decimal("50.00"))'],
    },
    {
      title: 'a bulk refund',
      calls: [call({ ...DESK, tool: 'bulk_refund', args: { batch_id: 'B-1', reason: 'recall' } })],
      policies: ['policies/refunds.cedar#no-bulk-refunds'],
      conditions: [],
    },
    {
      title: 'a change of address that nobody of the desk is on',
      calls: [
        call({
          agent: { id: 'returns-assistant' },
          tool: 'update_address',
          args: { customer_id: 'C-1', street: 'a', postcode: 'b', city: 'c', country: 'd' },
        }),
      ],
      policies: [],
      conditions: [
        'context has user && context.user has roles && context.user.roles.contains("support")',
        'context has user',
      ],
    },
  ],
  treasury: [
    {
      title: 'a trade',
      calls: [
        call({ ...TREASURY, tool: 'fx_trade', args: { pair: 'EURUSD', side: 'buy', notional: 100000 } }),
      ],
      policies: ['policies/mandate.cedar#no-trading'],
      conditions: [],
    },
    {
      title: 'a payment made again after it failed',
      calls: sessionOf('again', [
        { ...TREASURY, tool: 'create_payment', args: PAYMENT, result: { status: 'error' } },
        { ...TREASURY, tool: 'create_payment', args: PAYMENT },
      ]),
      policies: [],
      conditions: ['earlier.result.status == "ok"'],
    },
  ],
  'coding-agent': [
    {
      title: 'a forced push to main',
      calls: [call({ ...CODING, tool: 'Bash', args: { command: 'git push --force origin main' } })],
      policies: ['policies/coding/tools.rego#coding.tools.deny[6]'],
      conditions: [
        'regex.match(`\\bgit\\s+push\\b.*(--force|-f)\\b.*\\b(main|release)`, input.args.command)',
      ],
    },
    {
      title: 'a small file written outside of a checkout',
      calls: [call({ ...CODING, tool: 'Write', args: { file_path: '/etc/motd', content: 'hello' } })],
      policies: [],
      conditions: ['in_checkout(path)', 'size(args.content) > 2000'],
    },
    {
      title: 'a call at a server that nobody has looked at',
      calls: [call({ ...CODING, tool: { name: 'query', server: 'warehouse' } })],
      policies: [],
      conditions: [
        '!has(tool.server) || tool.server in ["artifacts", "github"]',
        'tool.server in ["artifacts", "github"]',
      ],
    },
    {
      title: 'a search that names no path',
      calls: [call({ ...CODING, tool: 'Glob', args: { pattern: '**/*.ts' } })],
      policies: [],
      conditions: ['input.args.path'],
    },
  ],
};

interface Narrowed {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** A condition of the policy, and its calls: true, false, error, unreached. */
  readonly text: string;
  readonly seen: readonly [number, number, number, number];
}

/** Scopes and guards made narrower. */
export const NARROWED: Readonly<Record<(typeof SAMPLES)[number], readonly Narrowed[]>> = {
  'support-desk': [
    {
      // 9 of the 21 refunds are desk-assistant's; 20881 and 20885 among them are 980 and 1,240 EUR.
      file: 'policies/refunds.cedar',
      from: '@eu_ai_act("26(1)")\npermit (\n  principal,\n  action == Action::"refund"',
      to: 'permit (\n  principal == Agent::"desk-assistant",\n  action == Action::"refund"',
      text: 'context.input.amount.lessThanOrEqual(decimal("1000.00"))',
      seen: [8, 1, 0, 159],
    },
  ],
  treasury: [
    {
      // qe-0012#2 is the only payment of forecast-agent.
      file: 'policies/mandate.cedar',
      from: 'principal,\n  action == Action::"create_payment"',
      to: 'principal == Agent::"forecast-agent",\n  action == Action::"create_payment"',
      text: 'context.session.tools.contains("get_invoice")',
      seen: [1, 0, 0, 217],
    },
  ],
  'coding-agent': [
    {
      // Of 42 commands 9 are reviewed ones, which alone have a user; one of them is a push.
      file: 'policies/coding/tools.rego',
      from: '\tinput.tool.name == "Bash"\n\tregex.match(`\\b(git',
      to: '\tinput.tool.name == "Bash"\n\tinput.user.id == "dev.k"\n\tregex.match(`\\b(git',
      text: 'regex.match(`\\b(git\\s+push|npm\\s+publish)\\b`, input.args.command)',
      seen: [1, 8, 0, 160],
    },
  ],
};

interface Erring {
  readonly title: string;
  readonly calls: readonly Call[];
  /** Those that err on the call. */
  readonly conditions: readonly string[];
}

/** What no recording of the samples shows: operands that err. */
export const ERRING: Readonly<Record<(typeof SAMPLES)[number], readonly Erring[]>> = {
  'support-desk': [
    {
      title: 'a reply to nobody',
      calls: [call({ ...DESK, tool: 'send_reply', args: { ticket_id: 'T-1', body: 'Hello' } })],
      conditions: [
        'tool.name == "send_reply" && !args.to.endsWith("@reply.larkspur-home.example")',
        'args.to.endsWith("@reply.larkspur-home.example")',
      ],
    },
    {
      title: 'a refund to nowhere',
      calls: [call({ ...DESK, tool: 'refund', args: { order_id: 'O-1', amount: 20, reason: 'broken' } })],
      conditions: ['context.input.destination == "original_payment"'],
    },
  ],
  treasury: [
    {
      title: 'an amount in words',
      calls: [call({ ...TREASURY, tool: 'create_payment', args: { ...PAYMENT, amount: 'a lot' } })],
      conditions: ['variables.eur > 1000000.0'],
    },
  ],
  'coding-agent': [
    {
      title: 'a command that is a number',
      calls: [call({ ...CODING, tool: 'Bash', args: { command: 5 } })],
      conditions: [
        'some word in regex.split(`[\\s\'"=<>]+`, input.args.command)',
        'regex.match(`(curl|wget)[^|;&]*\\|\\s*(sudo\\s+)?(ba|z|da)?sh\\b`, input.args.command)',
        'regex.match(`\\brm\\s+(-\\w+\\s+)*(/|~)`, input.args.command)',
        'regex.match(`\\bgit\\s+push\\b.*(--force|-f)\\b.*\\b(main|release)`, input.args.command)',
        'regex.match(`\\b(git\\s+push|npm\\s+publish)\\b`, input.args.command)',
        'regex.match(`\\bnpm\\s+(install|i|add)\\s+(-\\S+\\s+)*[@a-z]`, input.args.command)',
        'some part in regex.split(`&&|\\|\\||;|\\|`, input.args.command)',
        'regex.match(`\\bcurl\\b.*\\s(-d|--data\\S*|-F|--form|-T|--upload-file)\\b`, input.args.command)',
      ],
    },
  ],
};
