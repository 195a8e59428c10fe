/** Runs in the report panel's page: tells which links are followed, and keeps the place when the report is renewed. */
import type { PageMessage, ShowMessage } from '../messages.ts';
import { type Place, placeOf, restore } from './place.ts';

interface State {
  readonly folder: string;
  readonly place?: Place;
}

declare function acquireVsCodeApi(): {
  postMessage(message: PageMessage): void;
  getState(): State | undefined;
  setState(state: State): void;
};

const editor = acquireVsCodeApi();
const content = document.getElementById('content')!;
const folder = document.body.dataset.folder ?? '';
/** Where the reader was before the page was loaded again. */
let kept = editor.getState()?.place;
if (!kept) editor.setState({ folder });
const sheet = document.getElementById('sheet')!;

document.addEventListener('click', (event) => {
  const link =
    event.target instanceof Element ? event.target.closest<HTMLElement>('a[data-file], a[data-call]') : null;
  if (!link) return;
  event.preventDefault();
  const { file, line, column, call } = link.dataset;
  if (call !== undefined) editor.postMessage({ kind: 'call', call });
  else if (file !== undefined)
    editor.postMessage({
      kind: 'open',
      file,
      ...(line === undefined ? {} : { line: Number(line) }),
      ...(column === undefined ? {} : { column: Number(column) }),
    });
});

window.addEventListener('message', ({ data }: MessageEvent<ShowMessage>) => {
  if (data.kind !== 'show') return;
  const place = kept ?? placeOf(content);
  kept = undefined;
  content.innerHTML = data.html;
  if (sheet.textContent !== data.css) sheet.textContent = data.css;
  restore(content, place);
});

let saving = 0;
function save(): void {
  cancelAnimationFrame(saving);
  saving = requestAnimationFrame(() => editor.setState({ folder, place: placeOf(content) }));
}
document.addEventListener('scroll', save, { passive: true });
// `toggle` does not bubble.
document.addEventListener('toggle', save, true);

editor.postMessage({ kind: 'ready' });
