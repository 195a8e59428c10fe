import { fileURLToPath } from 'node:url';

/** The checkout, absolute, with a slash at its end. */
export const repositoryRoot: string = fileURLToPath(new URL('../../../', import.meta.url));
