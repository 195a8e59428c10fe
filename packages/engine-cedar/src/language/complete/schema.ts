import type { Completion, CompletionItem, TextRange } from '@benchbook/model';
import { clamp, tokenAt, tokenBefore } from '../place.ts';
import { editorTokens } from '../syntax/lexer.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import { item } from './items.ts';

const TYPES: Readonly<Record<string, string>> = {
  String: 'text',
  Long: 'a 64-bit integer',
  Bool: 'true or false',
  decimal: 'a number with up to four digits behind the point',
  ipaddr: 'an IP address or range',
  datetime: 'an instant',
  duration: 'a length of time',
};

/** Completion in a `.cedarschema` file: types behind a colon, entity types in lists, declarations. */
export function completeSchema(workspace: LanguageWorkspace, path: string, offset: number): Completion {
  const text = workspace.file(path)?.text;
  if (text === undefined || path.endsWith('.json')) return { items: [] };
  const at = clamp(offset, text);
  const tokens = editorTokens(text);
  const token = tokenAt(tokens, at);
  if (
    token &&
    token.start < at &&
    (token.kind === 'comment' || token.kind === 'string' || token.kind === 'number')
  )
    return { items: [] };
  const isWord = token?.kind === 'word' && token.start < at;
  const range = isWord ? { start: token.start, end: token.end } : { start: at, end: at };
  const words = tokens
    .filter(({ kind, end }) => kind !== 'comment' && end <= range.start)
    .slice(-40)
    .map(({ kind, start, end }) => (kind === 'string' ? '"' : text.slice(start, end)));
  const before = tokenBefore(tokens, range.start);
  const word = before ? (words.at(-1) ?? '') : '';
  if (
    word === '' ||
    word === ';' ||
    (word === '{' && words.includes('namespace') && !words.includes('appliesTo'))
  )
    return { items: declarations(range) };
  const head = words.findLast((one) =>
    /^(?:in|principal|resource|appliesTo|context|entity|action|type|:)$/.test(one),
  );
  if (word === 'appliesTo') return { items: [] };
  if (words.includes('appliesTo') && (word === '{' || word === ',') && isDirectlyIn(words))
    return {
      items: ['principal', 'resource', 'context'].map((key) =>
        item('keyword', key, range, 'key', { newText: `${key}: ` }),
      ),
    };
  if (word === ':' || word === '<' || word === '=') {
    const key = words.at(-2);
    if (key === 'principal' || key === 'resource') return { items: entityTypes(workspace, range) };
    return { items: [...types(range), ...commonTypes(workspace, range), ...entityTypes(workspace, range)] };
  }
  if (word === '[' || word === ',' || word === 'in') {
    const isAction = words.includes('action') && head === 'in';
    return {
      items: isAction
        ? actions(workspace, range)
        : head === 'in' || head === ':'
          ? entityTypes(workspace, range)
          : [],
    };
  }
  return { items: behindName(words, range) };
}

/** The innermost open brace is that of `appliesTo`. */
function isDirectlyIn(words: readonly string[]): boolean {
  let depth = 0;
  for (let index = words.length - 1; index >= 0; index--) {
    if (words[index] === '}' || words[index] === ']') depth++;
    else if (words[index] === '[') depth--;
    else if (words[index] === '{') {
      if (depth === 0) return words[index - 1] === 'appliesTo';
      depth--;
    }
  }
  return false;
}

function behindName(words: readonly string[], range: TextRange): CompletionItem[] {
  const start = words.findLastIndex((one) => one === 'entity' || one === 'action');
  const open = words.slice(start).filter((one) => one === '{' || one === '}').length;
  if (start < 0 || start >= words.length - 1 || open % 2 !== 0) return [];
  const next = words[start] === 'entity' ? ['in', '=', 'tags', 'enum'] : ['in', 'appliesTo'];
  return next.map((word) =>
    item('keyword', word, range, 'keyword', {
      ...(word === 'appliesTo'
        ? {
            newText: 'appliesTo {\n  principal: [$1],\n  resource: [$2],\n  context: { $0 },\n}',
            isSnippet: true,
          }
        : {}),
    }),
  );
}

function declarations(range: TextRange): CompletionItem[] {
  const snippets: Readonly<Record<string, string>> = {
    entity: `entity \${1:Name};`,
    action: `action \${1:name} appliesTo {\n  principal: [$2],\n  resource: [$3],\n  context: { $0 },\n};`,
    type: `type \${1:Name} = { $0 };`,
    namespace: `namespace \${1:Name} {\n  $0\n}`,
  };
  return Object.entries(snippets).map(([word, newText]) =>
    item('keyword', word, range, 'declaration', { newText, isSnippet: true, rank: 10 }),
  );
}

function types(range: TextRange): CompletionItem[] {
  return [
    ...Object.entries(TYPES).map(([name, doc]) => item('type', name, range, doc, { rank: 20 })),
    item('type', 'Set', range, 'a set', { newText: 'Set<$1>', isSnippet: true, rank: 21 }),
  ];
}

function commonTypes({ catalog }: LanguageWorkspace, range: TextRange): CompletionItem[] {
  return [...catalog.commonTypes.keys()].map((name) =>
    item('type', name, range, 'common type', { rank: 10 }),
  );
}

function entityTypes({ catalog }: LanguageWorkspace, range: TextRange): CompletionItem[] {
  return [...catalog.entityTypes.keys()].map((name) =>
    item('type', name, range, 'entity type', { rank: 15 }),
  );
}

function actions({ catalog }: LanguageWorkspace, range: TextRange): CompletionItem[] {
  return [...catalog.actions.values()].map(({ uid }) =>
    item('action', /^[A-Za-z_]\w*$/.test(uid.id) ? uid.id : JSON.stringify(uid.id), range, 'action', {
      rank: 15,
    }),
  );
}
