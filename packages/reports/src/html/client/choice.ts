import { count } from '../../format/numbers.ts';

/** Fills a choice in, by name; the answer writes beside each how many entries it has. */
export function fillChoice(
  form: HTMLFormElement,
  name: string,
  names: readonly string[],
): (counts: readonly number[]) => void {
  const element = form.elements.namedItem(name) as HTMLSelectElement;
  const options = names.map((text, index) => new Option(text, String(index)));
  element.append(...[...options].sort((a, b) => (a.text < b.text ? -1 : 1)));
  return (counts) => {
    options.forEach((option, index) => {
      option.text = `${names[index]!} (${count(counts[index]!)})`;
    });
  };
}
