import type { PdpState } from '@benchbook/model';

/** States of the PDP that can be played, in words. */
export const OUTAGES: readonly {
  readonly label: string;
  readonly description: string;
  readonly state: PdpState;
}[] = [
  { label: 'Timing out', description: 'it does not answer in time', state: 'timing-out' },
  { label: 'Slow', description: 'it answers late, sometimes too late', state: 'slow' },
  { label: 'Crashing', description: 'it ends before it answers', state: 'crashing' },
  { label: 'Erroring', description: 'it answers with an error', state: 'erroring' },
  { label: 'Flapping', description: 'it is down and up by turns', state: 'flapping' },
  { label: 'Up', description: 'it answers every call: breakers and reviews alone', state: 'up' },
];
