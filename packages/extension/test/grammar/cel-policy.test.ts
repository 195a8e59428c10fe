import { describe, test } from 'vitest';
import { checkScopes } from './tokenize.ts';

const policy = checkScopes('source.cel-policy');

describe('CEL inside YAML', () => {
  test('a plain value, over several lines, up to its comment', () => policy`
    - condition: has(args.x) &&
    ~ punctuation.definition.block.sequence.item.yaml
      ~~~~~~~~~ entity.name.tag.yaml
                 ~~~ meta.embedded.inline.cel keyword.control.macro.cel
        args.y == "q" # why "x"
        ~~~~ meta.embedded.inline.cel variable.language.cel
                   ~ meta.embedded.inline.cel string.quoted.double.cel
                        ~~~~~~~ comment.line.number-sign.yaml
      id: args
          ~~~~ string.unquoted.plain.yaml
  `);

  test('a folded and a literal block end where the indentation ends', () => policy`
    variables:
      - expression: >- # folded
                    ~~ keyword.control.flow.block-scalar.yaml
          a in ["b"]

            ? 1 : 2
              ~ meta.embedded.block.cel constant.numeric.integer.cel
        name: a
        ~~~~ entity.name.tag.yaml
              ~ string.unquoted.plain.yaml
    condition: |2-
      r"""raw
          ~~~ meta.embedded.block.cel string.quoted.triple.raw.cel
    output: true
    ~~~~~~ entity.name.tag.yaml
            ~~~~ meta.embedded.inline.cel constant.language.boolean.cel
  `);

  test('double quotes: texts begin with an escaped quote', () => policy`
    output: "x == \"a\\n\" ? 'b' : true"
            ~ meta.embedded.inline.cel punctuation.definition.string.begin.yaml
             ~ meta.embedded.inline.cel variable.other.cel
                  ~~ string.quoted.double.cel punctuation.definition.string.begin.cel
                    ~ meta.embedded.inline.cel string.quoted.double.cel
                     ~~~ string.quoted.double.cel constant.character.escape.cel
                              ~ meta.embedded.inline.cel string.quoted.single.cel
                                   ~~~~ constant.language.boolean.cel
                                       ~ meta.embedded.inline.cel punctuation.definition.string.end.yaml
  `);

  test('single quotes: a doubled quote begins a text', () => policy`
    output: '{"outcome": "deny"} == ''y''' # end
             ~ punctuation.section.braces.cel
               ~~~~~~~ meta.embedded.inline.cel string.quoted.double.cel
                                      ~ meta.embedded.inline.cel string.quoted.single.cel
                                         ~ meta.embedded.inline.cel punctuation.definition.string.end.yaml
                                           ~ comment.line.number-sign.yaml punctuation.definition.comment.yaml
  `);

  test('other values stay YAML', () => policy`
    name: "condition: x"
           ~~~~~~~~~~~~ string.quoted.double.yaml
    description: |
      condition: args.x
      ~~~~~~~~~~~~~~~~~ string.unquoted.block.yaml
    imports: [a, 'b', 3, true, ~] # no
              ~ string.unquoted.plain.yaml
                         ~~~~ constant.language.boolean.yaml
    my-condition: args
                  ~~~~ string.unquoted.plain.yaml
  `);

  test('controls of a case', () => policy`
    # @controls eu-ai-act@2026-07-27:14(4)(d), owasp-asi:ASI01
      ~~~~~~~~~ storage.type.annotation.controls.yaml
                ~~~~~~~~~~~~~~~~~~~~ entity.name.tag.framework.yaml
                                     ~~~~~~~~ constant.other.control.yaml
                                                         ~~~~~ constant.other.control.yaml
    # a note on @controls
      ~~~~~~~~~~~~~~~~~~~ comment.line.number-sign.yaml
  `);
});
