/** What runs in the page: filters, pages of flips, opening what is to be printed. */
import { byId } from '../../../html/client/dom.ts';
import { createPagedList } from '../../../html/client/paged-list.ts';
import { openForPrint } from '../../../html/client/print.ts';
import type { FlipsData } from '../data.ts';
import { decodeFlip } from '../flips/decode.ts';
import { flipRow } from '../flips/row.ts';
import { createFilter } from './filter.ts';
import { createForm } from './form.ts';

const data: FlipsData = JSON.parse(byId('page-data').textContent ?? '');
const list = data.flips.length === 0 ? undefined : start();
openForPrint((printing) => list?.print(printing));

function start() {
  const filter = createFilter(data);
  const flips = createPagedList({
    id: 'flips',
    noun: 'flip',
    total: data.flips.length,
    row: (index) => flipRow(decodeFlip(data, index)).text,
  });
  const form = createForm(data, update);
  update();
  return flips;

  function update(): void {
    const answer = filter(form.read());
    form.tell(answer);
    flips.show(answer.flips);
  }
}
