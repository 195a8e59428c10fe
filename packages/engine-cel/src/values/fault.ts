/**
 * Why an evaluation stopped. Thrown inside the evaluator alone and caught at its rim. Not an `Error`: CEL
 * absorbs errors in `||`, `&&`, `all` and `exists`, where collecting a stack for each would cost microseconds.
 */
export class CelFault {
  readonly message: string;
  /** `budget` ends the whole evaluation; `runtime` may be absorbed. */
  readonly kind: 'runtime' | 'budget';
  constructor(message: string, kind: 'runtime' | 'budget' = 'runtime') {
    this.message = message;
    this.kind = kind;
  }
}

/** Throws CEL's own run-time error. */
export function fail(message: string): never {
  throw new CelFault(message);
}
