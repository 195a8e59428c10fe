import { answerOf, isFailure } from '../runtime/answers.ts';
import type { Cedar } from '../runtime/cedar.ts';
import { EXTENSION_FUNCTIONS, type ExtensionName } from '../schema/types.ts';

const MAX_REMEMBERED = 10_000;

/** Asks Cedar whether a text is a value of an extension type; remembers the answers. */
export function extensionCheck(cedar: Cedar): (name: ExtensionName, text: string) => boolean {
  const known = new Map<string, boolean>();
  return (name, text) => {
    const key = `${name} ${text}`;
    let fits = known.get(key);
    if (fits === undefined) {
      const call = `{"__extn":{"fn":"${EXTENSION_FUNCTIONS[name]}","arg":${JSON.stringify(text)}}}`;
      fits = !isFailure(answerOf(cedar.value('checkParseContext', `{"context":{"value":${call}}}`)));
      if (known.size >= MAX_REMEMBERED) known.clear();
      known.set(key, fits);
    }
    return fits;
  };
}
