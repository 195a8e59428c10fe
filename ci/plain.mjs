import { visible } from './visible.mjs';

/** Any other machine: everything goes to standard output. */
export const plain = {
  base: () => '',
  checkFormat: 'text',
  replayFormats: ['junit', 'cobertura'],
  diagnostics: (text) => process.stdout.write(visible(text)),
  log: (text) => process.stdout.write(visible(text)),
  publish: ({ settings }) => process.stdout.write(`reports: ${settings.out}\n`),
};
