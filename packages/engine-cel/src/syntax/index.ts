export { createEnvironment, type VariableTypes } from './environment.ts';
export * from './expression.ts';
export type { Issue } from './issue.ts';
export { parseExpression } from './parse.ts';
