/** The shapes of the YAML files of CEL, with what each key is for. */

export interface KeyShape {
  /** One line for people: what stands below the key. */
  readonly holds: string;
  /** Markdown. */
  readonly documentation: string;
  /** Shape of the value where it is a mapping, or of the items where it is a list. */
  readonly inner?: () => Shape;
  readonly isList?: boolean;
  /** The value is an expression. */
  readonly isExpression?: boolean;
}

export interface Shape {
  readonly what: string;
  readonly keys: Readonly<Record<string, KeyShape>>;
  /** Any other key is allowed too, with a value of this shape. */
  readonly open?: () => Shape;
}

const text = (documentation: string): KeyShape => ({ holds: 'text', documentation });
const expression = (holds: string, documentation: string): KeyShape => ({
  holds,
  documentation,
  isExpression: true,
});

const CASE: Shape = {
  what: 'a case',
  keys: {
    id: text(
      'Name of the case. Reports, tests and controls call it `rule/case`; without one it is called by its place.',
    ),
    condition: expression(
      'bool',
      'The case applies where this is true. Without a condition it always applies.',
    ),
    output: expression(
      'bool, string or map',
      'What the case decides: `true` or `false`, an outcome word such as `"deny"`, or a map with `outcome`, `reason` and `obligations`. All outputs of a file have one type.',
    ),
    explanation: expression('string', 'A text that is told with the output.'),
    rule: {
      holds: 'a rule',
      documentation:
        'A nested rule, which is looked at where the condition holds. Stands in place of `output`.',
      inner: () => RULE,
    },
  },
};

const VARIABLE: Shape = {
  what: 'a variable',
  keys: {
    name: text('Name of the variable: `variables.NAME` in what follows, and in nested rules.'),
    expression: expression('any type', 'Value of the variable, computed when it is first used.'),
  },
};

const RULE: Shape = {
  what: 'a rule',
  keys: {
    id: text('Name of the rule, the first part of the names of its cases.'),
    description: text('What the rule is for. For people alone.'),
    variables: {
      holds: 'list of variables',
      documentation:
        'Values with a name, for the conditions and outputs of this rule and of those nested in it.',
      inner: () => VARIABLE,
      isList: true,
    },
    match: {
      holds: 'list of cases',
      documentation: 'The cases in order. The first whose condition holds decides.',
      inner: () => CASE,
      isList: true,
    },
    aggregate: {
      holds: 'list of cases',
      documentation: 'The cases. The outputs of all whose conditions hold are collected in a list.',
      inner: () => CASE,
      isList: true,
    },
  },
};

export const POLICY: Shape = {
  what: 'a policy',
  keys: {
    name: text('Name of the policy, and of its rule where that has no `id`.'),
    description: text('What the policy is for. For people alone.'),
    imports: { holds: 'list', documentation: 'Protobuf types. Not available here: ignored with a warning.' },
    rule: {
      holds: 'a rule',
      documentation: 'The rule that decides: variables and cases.',
      inner: () => RULE,
    },
  },
};

const GIVEN: Shape = {
  what: 'an input',
  keys: {
    value: { holds: 'any value', documentation: 'The value, written as YAML.' },
    expr: expression('any type', 'The value, written as a CEL expression over no variables.'),
  },
};

const INPUT: Shape = { what: 'the inputs of a test', keys: {}, open: () => GIVEN };

const EXPECTED: Shape = {
  what: 'an expected output',
  keys: {
    value: { holds: 'any value', documentation: 'The output, written as YAML.' },
    expr: expression(
      'any type',
      'The output, written as a CEL expression; `optional.none()` where no case applies.',
    ),
    error_set: {
      holds: 'list of texts',
      documentation: 'The evaluation fails, with a message that holds one of these.',
    },
    unknown_set: { holds: 'list', documentation: 'Not evaluated here: such a test is skipped.' },
  },
};

const TEST: Shape = {
  what: 'a test',
  keys: {
    name: text('Name of the test.'),
    description: text('What the test shows. For people alone.'),
    input: {
      holds: 'variables',
      documentation: 'Values of the variables (`tool`, `args`, ...), each with `value` or `expr`.',
      inner: () => INPUT,
    },
    context_expr: text('Needs protobuf messages, which are not available here: such a test is skipped.'),
    output: { holds: 'what is expected', documentation: 'What the policy must give.', inner: () => EXPECTED },
  },
};

const SECTION: Shape = {
  what: 'a section',
  keys: {
    name: text('Name of the section; usually that of the rule or case which its tests are about.'),
    description: text('What the section is about. For people alone.'),
    tests: {
      holds: 'list of tests',
      documentation: 'The tests of the section.',
      inner: () => TEST,
      isList: true,
    },
  },
};

const SECTIONS: KeyShape = {
  holds: 'list of sections',
  documentation: 'Groups of tests.',
  inner: () => SECTION,
  isList: true,
};

export const SUITE: Shape = {
  what: 'a tests file',
  keys: {
    name: text('Name of the policy that is tested.'),
    description: text('What the tests are about. For people alone.'),
    section: SECTIONS,
    sections: SECTIONS,
  },
};

/** A place in a file: what may stand there. */
export type Slot =
  | { readonly kind: 'map'; readonly shape: Shape }
  | { readonly kind: 'list'; readonly key: string; readonly shape: Shape }
  | { readonly kind: 'value'; readonly key: string; readonly shape: KeyShape };

/** Where a path of keys (`-` for an item of a list) leads; null where the shape ends before it. */
export function slotAt(root: Shape, path: readonly string[]): Slot | null {
  let slot: Slot = { kind: 'map', shape: root };
  for (const step of path) {
    if (slot.kind === 'list') {
      if (step !== '-') return null;
      slot = { kind: 'map', shape: slot.shape };
      continue;
    }
    if (slot.kind === 'value') return null;
    const { shape }: { shape: Shape } = slot;
    const key = Object.hasOwn(shape.keys, step) ? shape.keys[step] : undefined;
    if (!key) {
      if (!shape.open || step === '-') return null;
      slot = { kind: 'map', shape: shape.open() };
    } else if (!key.inner) slot = { kind: 'value', key: step, shape: key };
    else
      slot = key.isList
        ? { kind: 'list', key: step, shape: key.inner() }
        : { kind: 'map', shape: key.inner() };
  }
  return slot;
}
