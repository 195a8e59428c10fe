import type { CompletionItem, CompletionKind, TextRange, ToolKnowledge } from '@benchbook/model';
import type { EntityUid } from '../../policies/uid.ts';
import { type Builtin, signatureText } from '../builtins.ts';
import { cedarString } from '../cedar-text.ts';
import { argumentMembers } from '../knowledge/json-types.ts';
import { toolNamer } from '../knowledge/tool-names.ts';
import { typeText } from '../knowledge/types.ts';
import { oneLine, paragraphs, plainText, snippetText } from '../markdown.ts';
import type { LanguageWorkspace } from '../workspace.ts';

/** An item that writes its label. */
export function item(
  kind: CompletionKind,
  label: string,
  range: TextRange,
  detail: string,
  more: Partial<CompletionItem> = {},
): CompletionItem {
  return { label, kind, detail, documentation: '', range, newText: label, ...more };
}

/** A function or method with its arguments as a snippet. */
export function builtinItem(builtin: Builtin, range: TextRange, rank: number): CompletionItem {
  const { name, parameters, sample, doc } = builtin;
  const inner = parameters.length ? (sample ?? `\${1:${parameters[0]![0]}}`) : '';
  return item('function', name, range, signatureText(builtin), {
    documentation: doc,
    newText: `${name}(${inner})`,
    isSnippet: true,
    rank,
  });
}

/** True where an action's id is the name of its tool and nothing more: then a recorded name makes an action. */
function isNamedAsTool({ mapping }: LanguageWorkspace): boolean {
  return toolNamer(mapping)('s___n') === 's___n';
}

/** Actions of the schema and of the known tools; where no schema says which there are, recorded ones too. */
export function actionUids(workspace: LanguageWorkspace, known: ToolKnowledge): readonly EntityUid[] {
  const found = new Map<string, EntityUid>();
  for (const { uid } of workspace.catalog.actions.values()) found.set(`${uid.type} ${uid.id}`, uid);
  const [declared] = workspace.catalog.actions.values();
  for (const { name, server } of known.tools) {
    const { type, id } = workspace.mapping.action.resolve({
      tool: { name, ...(server === undefined ? {} : { server }) },
      args: null,
      session: {},
    });
    const uid = { type: declared?.uid.type ?? type, id };
    const key = `${uid.type} ${uid.id}`;
    if (!found.has(key)) found.set(key, uid);
  }
  if (!declared && isNamedAsTool(workspace)) {
    const { type } = workspace.mapping.action.resolve({ tool: { name: '' }, args: null, session: {} });
    for (const id of known.calls.keys()) {
      const key = `${type} ${id}`;
      if (!found.has(key)) found.set(key, { type, id });
    }
  }
  return [...found.values()];
}

/** What is known of an action: its tool's description and arguments, or its schema's comment. */
export function actionDocs(
  workspace: LanguageWorkspace,
  known: ToolKnowledge,
  uid: EntityUid,
): { readonly detail: string; readonly documentation: string } {
  const { catalog, mapping } = workspace;
  const key = `${uid.type}::${JSON.stringify(uid.id)}`;
  const declared = catalog.actions.get(key);
  const name = toolNamer(mapping)(uid.id);
  const tool = known.tools.find((one) => one.name === name);
  const calls = name === null ? undefined : known.calls.get(name);
  const members = catalog.groups.has(key) ? catalog.within(key).filter((one) => one.uid.id !== uid.id) : [];
  const parameters = tool ? argumentMembers(tool) : [];
  return {
    detail: members.length
      ? `group of ${members.length} ${members.length === 1 ? 'action' : 'actions'}`
      : tool
        ? tool.server === undefined
          ? 'tool'
          : `tool of ${oneLine(tool.server)}`
        : 'action',
    documentation: paragraphs(
      plainText(tool?.description ?? declared?.declaration.doc ?? ''),
      members.length ? `Holds ${members.map(({ uid: one }) => plainText(one.id)).join(', ')}.` : '',
      parameters.length
        ? parameters
            .slice(0, 20)
            .map(
              ({ name: argument, optional, type }) =>
                `- ${plainText(argument)}${optional ? '?' : ''}: ${plainText(typeText(type))}`,
            )
            .join('\n')
        : '',
      calls === undefined ? '' : `Recorded in ${calls} ${calls === 1 ? 'call' : 'calls'}.`,
    ),
  };
}

/** Items that write whole action names; inside quotes where `quoted` is the range between them. */
export function actionItems(
  workspace: LanguageWorkspace,
  known: ToolKnowledge,
  range: TextRange,
  write: (uid: EntityUid) => string | null,
  rank: number,
): CompletionItem[] {
  return actionUids(workspace, known).flatMap((uid) => {
    const newText = write(uid);
    if (newText === null) return [];
    const docs = actionDocs(workspace, known, uid);
    return item('action', newText, range, docs.detail, { documentation: docs.documentation, rank });
  });
}

/** `Type::"id"`. */
export function uidText({ type, id }: EntityUid): string {
  return `${type}::${cedarString(id)}`;
}

/** Entity types as `Type` or, with `suffix`, what follows it as a snippet. */
export function typeItems(
  workspace: LanguageWorkspace,
  range: TextRange,
  options: { readonly asEntity: boolean; readonly rank: number; readonly only?: readonly string[] },
): CompletionItem[] {
  const names = options.only?.length ? options.only : [...workspace.catalog.entityTypes.keys()];
  const fallback = names.length
    ? names
    : (['principal', 'resource'] as const).map(
        (one) => workspace.mapping[one].resolve({ tool: {}, args: null, session: {} }).type,
      );
  return [...new Set(fallback)].map((name) => {
    const doc = workspace.catalog.entityTypes.get(name)?.declaration.doc ?? '';
    return item('type', name, range, 'entity type', {
      documentation: plainText(doc),
      rank: options.rank,
      ...(options.asEntity ? { newText: `${snippetText(name)}::"$1"`, isSnippet: true } : {}),
    });
  });
}
