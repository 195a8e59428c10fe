/** Replays count the requests that they meet; a replay in the same process must not be taken for a preview. */
const FIRST = 2 ** 30;

/** The number by which the guard knows a request of the preview: it hangs on the call alone, in whatever order. */
export function requestNumber(call: number): number {
  return FIRST + call;
}
