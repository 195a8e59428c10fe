import type { CedarMapping } from '../../request/mapping.ts';

const NAME = 'n';
const SERVER = 's';

/** Tells the tool that an action's id names under a mapping; null where that cannot be told from the id alone. */
export function toolNamer(mapping: CedarMapping): (id: string) => string | null {
  const { id } = mapping.action.resolve({ tool: { name: NAME, server: SERVER }, args: null, session: {} });
  if (id === NAME) return (action) => action;
  if (id !== `${SERVER}___${NAME}`) return () => null;
  return (action) => {
    const at = action.indexOf('___');
    return at > 0 ? action.slice(at + 3) : action;
  };
}
