/** Work in small steps: between two of them other work may go first, or this one be dropped. */
export type Steps<Result = void> = Generator<undefined, Result, undefined>;

/** Does all of it at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
