import { dedent } from '@benchbook/testkit';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { CEDARSCHEMA, openSheet, type Sheet } from './sheet.ts';

let sheet: Sheet;
/** The same where Cedar has a schema. */
let typed: Sheet;
beforeAll(async () => {
  sheet = await openSheet();
  typed = await openSheet({ 'policies/s.cedarschema': CEDARSCHEMA });
}, 90_000);
afterAll(async () => {
  await sheet.client.stop();
  await typed.client.stop();
});

describe('Cedar', () => {
  const PATH = 'policies/a.cedar';
  test.each<[string, string]>([
    [
      'syntax, several at once',
      dedent`
      // Grüße
      permit (principl, action, resource);
              ^^^^^^^^ cedar-parse-error: found an invalid variable in the policy scope: principl; policy scopes must contain a \`principal\`, \`action\`, and \`resource\` element in that order
      permit (principal, action, resource) when { context. };
                                                           ^ cedar-parse-error: unexpected token \`}\`; expected identifier
      `,
    ],
    [
      'unknown tool',
      dedent`
      forbid (principal, action == Action::"refnd", resource);
                                            ^^^^^ unknown-tool: no tool \`refnd\` is declared in the tools files or recorded; did you mean \`refund\`?
      forbid (principal, action == Action::"mail", resource);
      forbid (principal, action == Action::"ship", resource);
      `,
    ],
    [
      'unknown argument',
      dedent`
      forbid (principal, action == Action::"refund", resource)
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ policy-errs: policy0 errs on 2 of 3 recorded calls and has no say in them, first on s#0: record does not have the attribute \`amuont\`
      when { context.input.amuont > 10 && context.input has reason };
                           ^^^^^^ unknown-argument: \`refund\` does not take an argument \`amuont\`, and no recorded call has it; did you mean \`amount\`?
      `,
    ],
    [
      'a policy that can never apply',
      dedent`
      @id("x")
      ^^^^^^^^ cedar-never-applies: this policy can never apply: \`context.input.amount\` cannot be > 10 and < 5
      ^^^^^^^^ policy-errs: x errs on 1 of 3 recorded calls and has no say in them, first on s#2: record does not have the attribute \`amount\`
      forbid (principal, action, resource) when { context.input.amount > 10 && context.input.amount < 5 };
      `,
    ],
    [
      'an erring policy',
      dedent`
      @id("x")
      ^^^^^^^^ policy-errs: x errs on 1 of 3 recorded calls and has no say in them, first on s#0: record does not have the attribute \`reason\`
      forbid (principal, action == Action::"refund", resource)
      when { context.input.reason == "late" };
      `,
    ],
  ])('%s', (_, marked) => sheet.check(PATH, marked));

  test.each<[string, string]>([
    [
      'types',
      dedent`
      permit (principal is Agent, action == Action::"refund", resource) when { principal.tier < "low" };
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ policy-errs: policy0 errs on 2 of 3 recorded calls and has no say in them, first on s#0: \`Agent::"bot"\` does not have the attribute \`tier\`
                                                                                                ^^^^^ cedar-validation-error: unexpected type: expected Long but saw String
      `,
    ],
    [
      'schema: entity types, tools, attributes, what may be absent',
      dedent`
      permit (principal is Agnt, action, resource);
                           ^^^^ cedar-validation-error: unrecognized entity type \`Agnt\`; did you mean \`Agent\`?
      permit (principal, action == Action::"refnd", resource);
                                   ^^^^^^^^^^^^^^^ cedar-validation-error: unrecognized action \`Action::"refnd"\`; did you mean \`Action::"refund"\`?
      permit (principal is Agent, action, resource) when { principal.teir < 3 };
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ policy-errs: policy2 errs on 3 of 3 recorded calls and has no say in them, first on s#0: \`Agent::"bot"\` does not have the attribute \`teir\`
                                                                     ^^^^ cedar-validation-error: attribute \`teir\` on entity type \`Agent\` not found; did you mean \`tier\`?
      permit (principal is Agent, action, resource) when { principal.owner == "ada" };
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ policy-errs: policy3 errs on 3 of 3 recorded calls and has no say in them, first on s#0: \`Agent::"bot"\` does not have the attribute \`owner\`
                                                           ^^^^^^^^^^^^^^^ cedar-validation-error: unable to guarantee safety of access to optional attribute \`owner\` on entity type \`Agent\`; try testing for the attribute's presence with \`e has owner && ..\`
      `,
    ],
    [
      'a policy that can never apply',
      dedent`
      permit (principal is ToolServer, action == Action::"refund", resource);
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cedar-validation-warning: policy is impossible: the policy expression evaluates to false for all valid requests
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cedar-validation-warning: unable to find an applicable action given the policy scope constraints
      `,
    ],
  ])('%s, by the schema', (_, marked) => typed.check(PATH, marked));

  test('the schema itself', () =>
    typed.check(
      'policies/s.cedarschema',
      `${CEDARSCHEMA}\nentity Team in [Compny];\n                ^^^^^^ cedar-schema-error: failed to resolve type: Compny; \`Compny\` has not been declared as an entity type`,
    ));
});

describe('Rego', () => {
  const PATH = 'policies/a.rego';
  test.each<[string, string]>([
    [
      'syntax, several at once',
      dedent`
      package a

      deny if {
        input.args.amount >
      }
      ^ rego-parse-error: unexpected } token

      allow if )
               ^ rego-parse-error: unexpected ) token
      `,
    ],
    [
      'types',
      dedent`
      package a

      deny if upper(3) == "x"
              ^^^^^^^^ rego-type-error: upper: invalid argument(s); have: (number, ???); want: (x: string, y: string)
      deny if cuont([1]) > 0
              ^^^^^^^^^^ rego-type-error: undefined function cuont; did you mean \`count\`?
      escalate if over(amuont)
                  ^^^^^^^^^^^^ rego-type-error: undefined function over
      `,
    ],
    [
      'schema: what the call does not have',
      dedent`
      package a

      deny if input.tol.name == "refund"
                    ^^^ rego-unknown-input: no call has \`tol\` here; did you mean \`tool\`?
      `,
    ],
    [
      'unknown tool',
      dedent`
      package a

      deny if input.tool.name == "refnd"
                                 ^^^^^^^ unknown-tool: no tool \`refnd\` is declared in the tools files or recorded; did you mean \`refund\`?
      deny if input.tool.name in ["mail", "ship"]
      `,
    ],
    [
      'unknown argument',
      dedent`
      package a

      deny if {
        input.tool.name == "refund"
        input.args.amuont > 10
                   ^^^^^^ unknown-argument: \`refund\` does not take an argument \`amuont\`, and no recorded call has it; did you mean \`amount\`?
        input.args.reason == "late"
      }
      `,
    ],
    [
      'a policy that can never apply',
      dedent`
      package a

      deny if {
        input.args.amount > 10
        input.args.amount < 5
        ^^^^^^^^^^^^^^^^^^^^^ rego-never-applies: this rule can never apply: \`input.args.amount\` cannot be > 10 and < 5
      }
      `,
    ],
    [
      'an erring policy',
      dedent`
      package a

      deny if to_number(input.args.reason) > 3
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ policy-errs: a.deny errs on 1 of 3 recorded calls and has no say in them, first on s#1: to_number: strconv.ParseFloat: parsing "late": invalid syntax (policies/a.rego:3)
      `,
    ],
  ])('%s', (_, marked) => sheet.check(PATH, marked));
});

describe('CEL', () => {
  const PATH = 'policies/a.cel.yaml';
  test.each<[string, string]>([
    [
      'syntax, several at once',
      dedent`
      name: a
      rule:
        match:
          - condition: args.amount > && 1
                                     ^^ cel-parse-error: Unexpected token: AND
            output: "true"
          - condition: args.amount ===
                                     ^ cel-parse-error: Unexpected character: =
            output: "true"
      `,
    ],
    [
      'types',
      dedent`
      name: a
      rule:
        match:
          - condition: siez(tool.name) > 2
                       ^^^^^^^^^^^^^^^ cel-type-error: unknown function siez(); did you mean size?
            output: "true"
          - condition: tool.name + 1 == "x"
                       ^^^^^^^^^^^^^^^^^^^^ cel-type-error: no such overload: int == string
            output: "true"
      `,
    ],
    [
      'schema: of the file',
      dedent`
      nmae: a
      ^^^^ cel-unknown-key: unknown key \`nmae\` in a policy; did you mean \`name\`?
      rule:
        match:
          - conditon: "true"
            ^^^^^^^^ cel-unknown-key: unknown key \`conditon\` in a case; did you mean \`condition\`?
            output: "true"
      `,
    ],
    [
      'schema: of the call',
      dedent`
      name: a
      rule:
        match:
          - id: one
            condition: tol.name == "refund"
                       ^^^ cel-type-error: Unknown variable: tol; did you mean \`tool\`?
            output: "false"
      `,
    ],
    [
      'schema: of a fact',
      dedent`
      name: a
      rule:
        match:
          - id: one
            ^^^^^^^ policy-errs: a/one errs on 3 of 3 recorded calls and has no say in them, first on s#0: no such key: nam
            condition: tool.nam == "refund"
            output: "false"
      `,
    ],
    [
      'unknown tool',
      dedent`
      name: a
      rule:
        match:
          - id: one
            condition: tool.name == "refnd" || tool.name in ["mail", "ship"]
                                    ^^^^^^^ unknown-tool: no tool \`refnd\` is declared in the tools files or recorded; did you mean \`refund\`?
            output: "false"
      `,
    ],
    [
      'unknown argument',
      dedent`
      name: a
      rule:
        match:
          - id: one
            ^^^^^^^ policy-errs: a/one errs on 1 of 3 recorded calls and has no say in them, first on s#0: no such key: amuont
            condition: tool.name == "refund" && (args.amuont > 10 || args.reason == "late")
                                                      ^^^^^^ unknown-argument: \`refund\` does not take an argument \`amuont\`, and no recorded call has it; did you mean \`amount\`?
            output: "false"
      `,
    ],
    [
      'a policy that can never apply',
      dedent`
      name: a
      rule:
        match:
          - id: one
            condition: tool.name == "refund" && tool.name == "mail"
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cel-unreachable: this condition never holds: \`tool.name\` cannot be "refund" and "mail"
            output: "false"
      `,
    ],
    [
      'an erring policy',
      dedent`
      name: a
      rule:
        match:
          - id: one
            ^^^^^^^ policy-errs: a/one errs on 1 of 3 recorded calls and has no say in them, first on s#0: no such key: reason
            condition: tool.name == "refund" && args.reason == "late"
            output: "false"
      `,
    ],
  ])('%s', (_, marked) => sheet.check(PATH, marked));

  test.each<[string, string]>([
    [
      'syntax',
      dedent`
      args.amount >
                  ^ cel-parse-error: Unexpected token: EOF
      `,
    ],
    [
      'types',
      dedent`
      siez(tool.name) > 2
      ^^^^^^^^^^^^^^^ cel-type-error: unknown function siez(); did you mean size?
      `,
    ],
    [
      'unknown tool',
      dedent`
      tool.name == "refnd"
                   ^^^^^^^ unknown-tool: no tool \`refnd\` is declared in the tools files or recorded; did you mean \`refund\`?
      `,
    ],
    [
      'unknown argument',
      dedent`
      tool.name == "refund" && args.amuont > 10
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ policy-errs: a errs on 2 of 3 recorded calls and has no say in them, first on s#0: no such key: amuont
                                    ^^^^^^ unknown-argument: \`refund\` does not take an argument \`amuont\`, and no recorded call has it; did you mean \`amount\`?
      `,
    ],
    [
      'an erring policy',
      dedent`
      tool.name == "refund" && args.reason == "late"
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ policy-errs: a errs on 1 of 3 recorded calls and has no say in them, first on s#0: no such key: reason
      `,
    ],
    [
      'a policy that can never apply',
      dedent`
      tool.name == "refund" && tool.name == "mail"
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cel-unreachable: this condition never holds: \`tool.name\` cannot be "refund" and "mail"
      `,
    ],
  ])('%s in a file of one expression', (_, marked) => sheet.check('policies/a.cel', marked));
});
