import { test } from 'vitest';
import { checkScopes } from './tokenize.ts';

const rego = checkScopes('source.rego');

test('METADATA: its keys, and nothing of it in an ordinary comment', () => rego`
  # METADATA
    ~~~~~~~~ keyword.other.metadata
  # title: A title: with a colon
    ~~~~~ entity.name.tag.metadata
  #     eu-ai-act: ["14(1)"]
        ~~~~~~~~~ entity.name.tag.metadata
                    ~~~~~~~ string.quoted.double.metadata
  package desk["a-b"].refunds
  ~~~~~~~ keyword.declaration.package
          ~~~~ entity.name.namespace
                ~~~ string.quoted.double
                      ~~~~~~~ entity.name.namespace
  # note: no key
    ~~~~~~~~~~~~ comment.line.number-sign
`);

test('imports', () => rego`
  import data.desk.limits as caps # why
  ~~~~~~ keyword.control.import
         ~~~~ variable.language
              ~~~~ entity.name.namespace
                          ~~ keyword.control.import.as
                             ~~~~ entity.name.namespace.alias
  import rego.v1
              ~~ support.constant
`);

test('heads of rules', () => rego`
  default allow := false
  ~~~~~~~ storage.modifier.default
          ~~~~~ entity.name.function.rule
  allow if input.tool.name in {"a"}
  ~~~~~ entity.name.function.rule
        ~~ keyword.control.conditional
                           ~~ keyword.operator.word
  deny contains msg if { msg := concat(", ", names) }
  ~~~~ entity.name.function.rule
       ~~~~~~~~ keyword.other.contains
                                ~~~~~~ support.function.builtin
  limits.max(tool) := n if n := data.limits[tool]
  ~~~~~~~~~~ entity.name.function.rule
                           ~ variable.other
  } else := 3
    ~~~~ keyword.control.conditional
`);

test('bodies: quantifiers, calls, wildcards, members called like keywords', () => rego`
  allow if {
  	some i, _ in input.args.items
   ~~~~ keyword.control.quantifier
           ~ variable.language.wildcard
  	every part in parts { own.check(part) }
   ~~~~~ keyword.control.quantifier
                         ~~~ variable.other
                             ~~~~~ entity.name.function
  	not contains(input.in, "x") with data.a as 1.5e3
   ~~~ keyword.operator.word
       ~~~~~~~~ support.function.builtin
                      ~~ variable.other.property
                               ~~~~ keyword.control.with
                                              ~~~~~ constant.numeric
  	time.parse_rfc3339_ns(input.ts) > -3
        ~~~~~~~~~~~~~~~~ support.function.builtin
                                     ~~ constant.numeric
  }
`);

test('texts: escapes, raw, templates', () => rego`
  a := "b\n\q"
         ~~ constant.character.escape
           ~~ invalid.illegal.escape
  r := ${'`'}\d "x"${'`'}
        ~~~~~~ string.quoted.other.raw
  m := $"{input.name} of {count({1})} \{"
       ~~ punctuation.definition.string.begin
          ~~~~~ meta.embedded.expression variable.language
                      ~~ string.quoted.double.template
                          ~~~~~ support.function.builtin
                                      ~~ constant.character.escape
`);
