import type { Format } from './format.ts';
import { native } from './native.ts';

/** Every format that is read, in the order in which they are tried: what is told apart surely comes first. */
export const FORMATS: readonly Format[] = [native];
