import { count, counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html } from '../../html/markup.ts';
import type { Section } from '../../html/section.ts';
import { table } from '../../html/table.ts';
import type { Context } from './context.ts';

/** What the report was made from: recordings and files with their digests. */
export function inputsSection({ report }: Context): Section {
  const recordings = report.recordings.map((one) => ({
    cells: [
      html`<code>${visible(one.file)}</code>`,
      visible(one.format),
      count(one.calls),
      digest(one.sha256),
    ],
  }));
  const files = report.files.map((one) => ({
    cells: [html`<code>${visible(one.path)}</code>`, visible(one.role), digest(one.sha256)],
  }));
  const recordingColumns = [
    { title: 'recording' },
    { title: 'format' },
    { title: 'calls', figures: true },
    { title: 'sha256' },
  ];
  const fileColumns = [{ title: 'file' }, { title: 'role' }, { title: 'sha256' }];
  return {
    id: 'inputs',
    title: 'Inputs',
    body: html`<h3>${counted(recordings.length, 'recording')}</h3>
${recordings.length > 0 && html`<div class="scroll">${table('Recordings', recordingColumns, recordings)}</div>`}
${
  files.length > 0 &&
  html`<h3>${counted(files.length, 'file')} that decided</h3>
<div class="scroll">${table('Files', fileColumns, files)}</div>`
}`,
  };
}

function digest(sha256: string | undefined) {
  return sha256 === undefined ? '–' : html`<code class="digest">${visible(sha256)}</code>`;
}
