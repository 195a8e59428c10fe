/** What runs in the page: opening what is to be printed. */
import { openForPrint } from '../../../html/client/print.ts';

openForPrint(() => {});
