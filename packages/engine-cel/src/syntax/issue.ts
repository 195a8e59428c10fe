/** What is wrong with an expression. Offsets are in the expression's text. */
export interface Issue {
  readonly code: 'cel-parse-error' | 'cel-type-error' | 'cel-unsupported';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}
