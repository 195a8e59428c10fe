import type { SourceFile, TextRange } from '@benchbook/model';
import { unescapeString } from '../../policies/lex.ts';
import { type EntityUid, uidKey } from '../../policies/uid.ts';
import { pathText, qualify } from '../knowledge/catalog.ts';
import { isActionType } from '../knowledge/view.ts';
import type { Declaration, TypeNode } from '../schema/tree.ts';
import type { Piece, PieceFile } from '../syntax/pieces.ts';
import { expressionsOf, type Path } from '../syntax/tree.ts';
import type { LanguageWorkspace } from '../workspace.ts';

/** What a name stands for. Equal keys mean the same thing. */
export interface SymbolName {
  readonly kind: 'entity-type' | 'common-type' | 'action' | 'entity' | 'policy';
  readonly key: string;
  /** The name itself, without namespace or type. */
  readonly name: string;
}

/** A place where a name stands; of a qualified name its last part. */
export interface Occurrence extends SymbolName {
  readonly file: string;
  readonly range: TextRange;
  readonly defines: boolean;
}

/** An occurrence inside a piece, offsets relative to it. */
type Local = SymbolName & { readonly range: TextRange; readonly defines: boolean };

const ofPieces = new WeakMap<Piece, readonly Local[]>();

/** All names of a file. `about`: only pieces of policy files that hold this text are looked into; `pieces`: these alone. */
export function* occurrencesIn(
  workspace: LanguageWorkspace,
  file: SourceFile,
  about: string | null,
  pieces: PieceFile | null = workspace.policies(file.path),
): Generator<Occurrence> {
  if (pieces) yield* policyOccurrences(pieces, file.path, about);
  else if (file.role === 'schema') yield* schemaOccurrences(workspace, file.path);
  else if (file.role === 'entities' || file.role === 'links' || file.role === 'test')
    yield* jsonOccurrences(workspace, file);
}

/** All places of one name, by file and place. */
export function allOccurrences(workspace: LanguageWorkspace, { key, name }: SymbolName): Occurrence[] {
  const found: Occurrence[] = [];
  for (const role of ['policy', 'schema', 'entities', 'links', 'test'] as const)
    for (const file of workspace.ofRole(role))
      for (const one of occurrencesIn(workspace, file, name)) if (one.key === key) found.push(one);
  return found.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.range.start - b.range.start));
}

function* policyOccurrences(file: PieceFile, path: string, about: string | null): Generator<Occurrence> {
  // A name that an escape may hide is looked for everywhere.
  const isPlain = about !== null && /^[\w .:/-]+$/.test(about);
  for (const [index, piece] of file.pieces.entries()) {
    if (isPlain && !piece.text.includes(about) && !piece.text.includes('\\')) continue;
    const start = file.starts[index]!;
    for (const one of localOccurrences(piece))
      yield {
        ...one,
        key: one.kind === 'policy' ? `policy ${path}#${one.name}` : one.key,
        file: path,
        range: { start: one.range.start + start, end: one.range.end + start },
      };
  }
}

function localOccurrences(piece: Piece): readonly Local[] {
  const known = ofPieces.get(piece);
  if (known) return known;
  const found: Local[] = [];
  const { policy } = piece;
  const type = (path: Path) => {
    const last = path.parts.at(-1)!;
    if (!isActionType(last.text))
      found.push({ ...entityType(pathText(path)), range: last.range, defines: false });
  };
  if (policy) {
    for (const { key, value } of policy.annotations)
      if (key?.text === 'id' && value)
        found.push({ ...policySymbol('', value.value), range: value.inner, defines: true });
    for (const { type: path } of policy.scope) if (path) type(path);
    for (const expr of expressionsOf(policy)) {
      if (expr.kind === 'is' && expr.type) type(expr.type);
      if (expr.kind !== 'entity') continue;
      type(expr.path);
      if (!expr.id) continue;
      const uid = { type: pathText(expr.path), id: expr.id.value };
      found.push({ ...entitySymbol(uid), range: expr.id.inner, defines: false });
    }
  }
  found.sort((a, b) => a.range.start - b.range.start);
  ofPieces.set(piece, found);
  return found;
}

function entityType(name: string): SymbolName {
  return { kind: 'entity-type', key: `type ${name}`, name: name.slice(name.lastIndexOf(':') + 1) };
}

function entitySymbol(uid: EntityUid): SymbolName {
  const kind = isActionType(uid.type) ? 'action' : 'entity';
  return { kind, key: `${kind} ${uidKey(uid)}`, name: uid.id };
}

function policySymbol(file: string, name: string): SymbolName {
  return { kind: 'policy', key: `policy ${file}#${name}`, name };
}

function* schemaOccurrences(workspace: LanguageWorkspace, path: string): Generator<Occurrence> {
  const { catalog } = workspace;
  const text = workspace.file(path)?.text ?? '';
  const tree = catalog.trees.get(path);
  for (const declaration of tree?.declarations ?? []) {
    const { namespace } = declaration;
    for (const { text: name, range } of declaration.names) {
      const qualified = qualify(namespace, name);
      const symbol: SymbolName =
        declaration.kind === 'entity'
          ? entityType(qualified)
          : declaration.kind === 'type'
            ? { kind: 'common-type', key: `common ${qualified}`, name }
            : entitySymbol({ type: qualify(namespace, 'Action'), id: name });
      yield { ...symbol, file: path, range, defines: true };
    }
    for (const named of pathsOf(declaration)) {
      const found = catalog.resolve(pathText(named), namespace);
      const last = named.parts.at(-1)!;
      if (!found && (isBuiltin(last.text) || declaration.kind === 'type')) continue;
      const symbol: SymbolName =
        found?.declaration.kind === 'type'
          ? { kind: 'common-type', key: `common ${found.name}`, name: last.text }
          : entityType(found?.name ?? qualify(namespace, pathText(named)));
      yield { ...symbol, file: path, range: last.range, defines: false };
    }
    if (declaration.kind !== 'action') continue;
    for (const ref of declaration.memberOf) {
      const symbol = entitySymbol(catalog.reference(ref, namespace));
      const isQuoted = text[ref.name.range.start - 1] === '"';
      const name = isQuoted ? unescapeString(ref.name.text) : ref.name.text;
      yield { ...symbol, name, file: path, range: ref.name.range, defines: false };
    }
  }
}

const BUILTIN: ReadonlySet<string> = new Set([
  ...['String', 'Long', 'Bool', 'Boolean', 'Set', 'decimal', 'ipaddr', 'datetime', 'duration'],
]);

function isBuiltin(name: string): boolean {
  return BUILTIN.has(name);
}

/** Names of types in a declaration. */
function pathsOf(declaration: Declaration): Path[] {
  const found: Path[] = [];
  if (declaration.kind === 'entity') found.push(...declaration.memberOf);
  if (declaration.kind === 'action')
    found.push(...(declaration.appliesTo?.principal ?? []), ...(declaration.appliesTo?.resource ?? []));
  const pending = declaredTypes(declaration);
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.kind === 'path') found.push(next.path);
    else if (next.kind === 'set') {
      if (next.element) pending.push(next.element);
    } else for (const { type } of next.attributes) if (type) pending.push(type);
  }
  return found;
}

function declaredTypes(declaration: Declaration): TypeNode[] {
  const types =
    declaration.kind === 'entity'
      ? [declaration.shape, declaration.tags]
      : declaration.kind === 'type'
        ? [declaration.type]
        : [declaration.appliesTo?.context ?? null];
  return types.filter((type): type is TypeNode => type !== null);
}

function* jsonOccurrences(workspace: LanguageWorkspace, file: SourceFile): Generator<Occurrence> {
  const { entities, templates, policies } = workspace.mentions(file);
  for (const { uid, type, id, defines } of entities) {
    const base = uid.type.lastIndexOf(':') + 1;
    if (!isActionType(uid.type))
      yield {
        ...entityType(uid.type),
        file: file.path,
        range: { start: type.start + base, end: type.end },
        defines: false,
      };
    if (id) yield { ...entitySymbol(uid), file: file.path, range: id, defines };
  }
  for (const { name, range } of [...templates, ...policies]) {
    const hash = name.lastIndexOf('#');
    const own = hash < 0 ? name : name.slice(hash + 1);
    const owner = hash < 0 ? ownerOf(workspace, name) : name.slice(0, hash);
    if (owner === null) continue;
    const start = range.start + (hash < 0 ? 0 : hash + 1);
    yield { ...policySymbol(owner, own), file: file.path, range: { start, end: range.end }, defines: false };
  }
}

/** The one file that has a policy of that `@id`; null where none has, or several have. */
function ownerOf(workspace: LanguageWorkspace, name: string): string | null {
  const found = workspace.ofRole('policy').filter(({ path }) => {
    for (const one of policyOccurrences(workspace.policies(path)!, path, name))
      if (one.kind === 'policy' && one.name === name) return true;
    return false;
  });
  return found.length === 1 ? found[0]!.path : null;
}
