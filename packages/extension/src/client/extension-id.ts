/** The extension's id as it is packaged. */
export const EXTENSION_ID = 'benchbook.benchbook';
