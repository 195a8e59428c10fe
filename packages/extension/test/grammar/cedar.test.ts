import { describe, test } from 'vitest';
import { checkScopes } from './tokenize.ts';

const cedar = checkScopes('source.cedar');
const schema = checkScopes('source.cedarschema');

describe('Cedar', () => {
  test('annotations with their text', () => cedar`
    @eu_ai_act("14(1)")
    ~ meta.annotation punctuation.definition.annotation
     ~~~~~~~~~ storage.type.annotation
                ~~~~~ meta.annotation string.quoted.double
    @beta permit (
     ~~~~ storage.type.annotation
          ~~~~~~ keyword.control.effect
  `);

  test('an annotation that nobody closed ends at the policy', () => cedar`
    @id("a"
    @reason
     ~~~~~~ storage.type.annotation
    forbid (
  `);

  test('the scope of a policy', () => cedar`
    forbid (principal is Acme::User in ?principal, action == Action::"pay", resource);
                      ~~ keyword.operator.word
                         ~~~~ entity.name.type
                             ~~ punctuation.separator.namespace
                               ~~~~ entity.name.type
                                       ~ variable.parameter.slot punctuation.definition.variable
                                        ~~~~~~~~~ variable.parameter.slot
                                                   ~~~~~~ variable.language
                                                          ~~ keyword.operator.comparison
                                                             ~~~~~~ entity.name.type
                                                                      ~~~ string.quoted.double
                                                                                     ~ punctuation.terminator.policy
  `);

  test('conditions: members, methods, extension functions, records', () => cedar`
    when { context.input.when.lessThan(decimal("1.5")) && {in: 1, "b c": -2}.in == 1 }
    ~~~~ keyword.control.clause
                   ~~~~~ variable.other.property
                         ~~~~ variable.other.property
                              ~~~~~~~~ support.function.method
                                       ~~~~~~~ support.function
                                                       ~~ keyword.operator.logical
                                                           ~~ variable.other.property
                                                               ~ constant.numeric.integer
                                                                         ~ keyword.operator.arithmetic
                                                                             ~~ variable.other.property
    unless { if principal has a.b then true else x like "a*\*\q" };
             ~~ keyword.control.conditional
                          ~~~ keyword.operator.word
                              ~ variable.other.property
                                       ~~~~ constant.language.boolean
                                                           ~~ constant.character.escape
                                                             ~~ invalid.illegal.escape
  `);

  test('a text that nobody closed ends with its line', () => cedar`
    when { x == "open
                 ~~~~ string.quoted.double
    && true };
    ~~ keyword.operator.logical
  `);

  test('a comment that silences', () => cedar`
    // benchbook-ignore policy-shadowed: agreed
    ~~ comment.line.double-slash punctuation.definition.comment
       ~~~~~~~~~~~~~~~~ keyword.other.directive
                        ~~~~~~~~~~~~~~~ entity.name.tag.rule
  `);
});

describe('Cedar schema', () => {
  test('types, entities and attributes that are called like keywords', () => schema`
    namespace Acme::Desk {
    ~~~~~~~~~ keyword.declaration.namespace
              ~~~~ entity.name.namespace
    entity User, Agent in [Team] = { type: String, action?: Set<Acme::Role>, "a b"?: Long } tags String;
    ~~~~~~ keyword.declaration.entity
           ~~~~ entity.name.type
                 ~~~~~ entity.name.type
                       ~~ keyword.operator.word
                           ~~~~ entity.name.type
                                     ~~~~ variable.other.property
                                           ~~~~~~ support.type
                                                   ~~~~~~ variable.other.property
                                                         ~ keyword.operator.optional
                                                            ~~~ support.type
                                                                ~~~~ entity.name.type
                                                                              ~~~ string.quoted.double
                                                                                            ~~~~ keyword.other.clause
    entity Tier enum ["low", "high"];
                ~~~~ keyword.other.clause
    }
  `);

  test('actions', () => schema`
    action "bulk refund", refund in [Action::"money"] appliesTo {
    ~~~~~~ keyword.declaration.action
            ~~~~~~~~~~~ string.quoted.double
                          ~~~~~~ entity.name.function.action
                                     ~~~~~~ entity.name.type
                                                      ~~~~~~~~~ keyword.other.clause
      principal: [User, Agent], context: { amount: decimal }
      ~~~~~~~~~ variable.language
                                           ~~~~~~ variable.other.property
                                                   ~~~~~~~ support.type
    };
  `);
});
