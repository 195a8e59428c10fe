import { describe, test } from 'vitest';
import { checkScopes } from './tokenize.ts';

const cel = checkScopes('source.cel');

describe('CEL', () => {
  test('variables, members, macros, functions', () => cel`
    has(args.in) && args.items.all(x, x.?size.orValue(0) > 0) ? math.greatest(1, 2) : own(tool)
    ~~~ keyword.control.macro
        ~~~~ variable.language
             ~~ variable.other.property
                         ~~~~~ variable.other.property
                               ~~~ keyword.control.macro
                                   ~ variable.other
                                       ~~ punctuation.accessor
                                         ~~~~ variable.other.property
                                              ~~~~~~~ support.function.method
                                                         ~ keyword.operator.comparison
                                                              ~ keyword.operator.ternary
                                                                ~~~~ support.class.namespace
                                                                     ~~~~~~~~ support.function
                                                                                      ~~~ entity.name.function
  `);

  test('numbers', () => cel`
    0xFFu + 1.5e-3 + 12u + 7 + .5
    ~~~~~ constant.numeric.hex
            ~~~~~~ constant.numeric.float
                     ~~~ constant.numeric.integer
                           ~ constant.numeric.integer
                               ~~ constant.numeric.float
  `);

  test('texts', () => cel`
    "a\n\q" + r'\d' + b"\x00" + '''it's
      ~~ constant.character.escape
        ~~ invalid.illegal.escape
              ~ string.quoted.single.raw storage.type.string
                ~~ string.quoted.single.raw
                      ~ string.quoted.double storage.type.string
                        ~~~~ constant.character.escape
                                   ~~~~ string.quoted.triple
    more''' == null // end
    ~~~~ string.quoted.triple
               ~~~~ constant.language.null
                    ~~ punctuation.definition.comment
  `);

  test('reserved words', () => cel`
    x.package == import
      ~~~~~~~ variable.other.property
                 ~~~~~~ invalid.illegal.reserved
  `);
});
