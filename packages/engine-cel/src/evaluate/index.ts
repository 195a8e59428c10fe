export { compile } from './compile.ts';
export type { Evaluate, Frame, Scope } from './frame.ts';
export { asBoolean } from './logic.ts';
