import type { Hover, TextRange, ToolKnowledge } from '@benchbook/model';
import { uidKey } from '../policies/uid.ts';
import { ANNOTATIONS, BUILTINS, KEYWORDS, signatureText, VARIABLES } from './builtins.ts';
import { actionDocs, uidText } from './complete/items.ts';
import { memberDocs } from './complete/members.ts';
import { pathText } from './knowledge/catalog.ts';
import { typesText, typeText } from './knowledge/types.ts';
import { isActionType, type PolicyView } from './knowledge/view.ts';
import { codeBlock, inlineCode, paragraphs, plainText } from './markdown.ts';
import { occurrenceAt } from './navigate/find.ts';
import { holds, inFile, type Place, placeAt } from './place.ts';
import type { Expr, Name, Path } from './syntax/tree.ts';
import type { LanguageWorkspace } from './workspace.ts';

interface Told {
  readonly range: TextRange;
  readonly contents: string;
}

/** What stands at a place. */
export function hover(
  workspace: LanguageWorkspace,
  path: string,
  offset: number,
  known: ToolKnowledge,
): Hover | null {
  const place = placeAt(workspace, path, offset, known);
  if (!place) return schemaHover(workspace, path, offset);
  const told = toldAt(workspace, place, known);
  return told && { range: inFile(place, told.range), contents: told.contents };
}

function toldAt(workspace: LanguageWorkspace, place: Place, known: ToolKnowledge): Told | null {
  const { policy, offset, around, view, token, piece } = place;
  if (!policy || !view || !token || token.kind === 'comment') return null;
  for (const { key } of policy.annotations)
    if (key && holds(key.range, offset)) {
      const [, doc] = Object.hasOwn(ANNOTATIONS, key.text) ? ANNOTATIONS[key.text]! : [];
      return doc === undefined ? null : { range: key.range, contents: doc };
    }
  for (const part of policy.scope) {
    if (holds(part.name.range, offset)) return variable(view, part.variable, part.name.range);
    if (part.type && holds(part.type.range, offset)) return entityType(workspace, part.type);
  }
  for (const expr of around.toReversed()) {
    const told = expressionTold(workspace, view, expr, offset, known);
    if (told) return told;
  }
  const word = piece.text.slice(token.start, token.end);
  const keyword = token.kind === 'word' && KEYWORDS.has(word) ? KEYWORDS.get(word) : undefined;
  return keyword === undefined ? null : { range: { start: token.start, end: token.end }, contents: keyword };
}

function expressionTold(
  workspace: LanguageWorkspace,
  view: PolicyView,
  expr: Expr,
  offset: number,
  known: ToolKnowledge,
): Told | null {
  const at = (name: Name | null | undefined): name is Name => !!name && holds(name.range, offset);
  switch (expr.kind) {
    case 'variable':
      return Object.hasOwn(VARIABLES, expr.name) ? variable(view, expr.name, expr.range) : null;
    case 'slot':
      return { range: expr.range, contents: 'Filled by the links of this template (`*.links.json`).' };
    case 'entity': {
      if (expr.id && holds(expr.id.range, offset)) {
        const uid = { type: pathText(expr.path), id: expr.id.value };
        if (!isActionType(uid.type)) return null;
        const { detail, documentation } = actionDocs(workspace, known, uid);
        return { range: expr.range, contents: paragraphs(codeBlock(uidText(uid)), detail, documentation) };
      }
      return holds(expr.path.range, offset) ? entityType(workspace, expr.path) : null;
    }
    case 'is':
      return expr.type && holds(expr.type.range, offset) ? entityType(workspace, expr.type) : null;
    case 'member':
      return at(expr.name) ? member(view, expr.target, expr.name, expr) : null;
    case 'has': {
      const index = expr.attributes.findIndex(at);
      if (index < 0) return null;
      let target: Expr = expr.target;
      for (const name of expr.attributes.slice(0, index)) target = memberOf(target, name);
      const name = expr.attributes[index]!;
      return member(view, target, name, memberOf(target, name));
    }
    case 'call':
    case 'method': {
      const name = expr.kind === 'call' ? expr.callee.parts.at(-1) : expr.name;
      if (!at(name)) return null;
      const builtin = BUILTINS.find(
        (one) => one.name === name.text && (one.on === null) === (expr.kind === 'call'),
      );
      return builtin
        ? { range: name.range, contents: paragraphs(codeBlock(signatureText(builtin)), builtin.doc) }
        : null;
    }
    default:
      return null;
  }
}

function memberOf(target: Expr, name: Name): Expr {
  return { kind: 'member', target, name, dot: 0, indexed: false, range: name.range };
}

function member(view: PolicyView, target: Expr, name: Name, whole: Expr): Told | null {
  const found = view.membersOf(target).find((one) => one.name === name.text);
  if (!found) return null;
  const { detail, documentation } = memberDocs(view, found, view.pointerOf(whole));
  return {
    range: name.range,
    contents: paragraphs(codeBlock(`${name.text}: ${detail}`), documentation),
  };
}

function variable(view: PolicyView, name: string, range: TextRange): Told {
  const types = view.typesOf({ kind: 'variable', name, range });
  const shown = name === 'context' ? types.slice(0, 1) : types;
  const code = types.length && name !== 'action' ? codeBlock(`${name}: ${typesText(shown)}`) : '';
  return { range, contents: paragraphs(code, VARIABLES[name] ?? '') };
}

function entityType(workspace: LanguageWorkspace, path: Path): Told | null {
  const name = pathText(path);
  const declared = workspace.catalog.entityTypes.get(name);
  if (!declared) return null;
  const { declaration } = declared;
  const within = declaration.memberOf.length ? ` in [${declaration.memberOf.map(pathText).join(', ')}]` : '';
  const attributes = workspace.catalog
    .attributes(name)
    .slice(0, 30)
    .map(({ name: attribute, optional, type }) => `  ${attribute}${optional ? '?' : ''}: ${typeText(type)},`);
  return {
    range: path.range,
    contents: paragraphs(
      codeLines([
        `entity ${name}${within}${attributes.length ? ' {' : ''}`,
        ...attributes,
        ...(attributes.length ? ['}'] : []),
      ]),
      plainText(declaration.doc),
    ),
  };
}

function codeLines(lines: readonly string[]): string {
  return lines.length === 1
    ? codeBlock(lines[0]!)
    : `\`\`\`cedar\n${lines.map((line) => line.replaceAll(/[`\p{Cc}]/gu, ' ')).join('\n')}\n\`\`\``;
}

function schemaHover(workspace: LanguageWorkspace, path: string, offset: number): Hover | null {
  const at = occurrenceAt(workspace, path, offset);
  if (!at) return null;
  const { catalog } = workspace;
  const { range } = at;
  if (at.kind === 'action') {
    const action = catalog.actions.get(at.key.slice('action '.length));
    if (!action) return null;
    const context = catalog.type(
      action.declaration.appliesTo?.context ?? null,
      action.declaration.namespace,
      action.file,
    );
    return {
      range,
      contents: paragraphs(
        codeBlock(`${uidKey(action.uid)}${context ? ` context: ${typeText(context)}` : ''}`),
        plainText(action.declaration.doc),
      ),
    };
  }
  const name = at.key.replace(/^\w+ /, '');
  if (at.kind === 'entity-type') {
    const parts = [{ text: name, range }];
    const told = entityType(workspace, { parts, range });
    return told && { range, contents: told.contents };
  }
  const common = at.kind === 'common-type' ? catalog.commonTypes.get(name) : undefined;
  if (!common) return null;
  const { type, namespace, doc } = common.declaration;
  return {
    range,
    contents: paragraphs(
      codeBlock(`type ${name} = ${typeText(catalog.type(type, namespace, common.file))}`),
      doc ? plainText(doc) : `Common type ${inlineCode(name)}.`,
    ),
  };
}
