import type { RegoRequest } from '../request/requests.ts';
import type { FastLane } from './fast/lane.ts';
import type { Asked, Lane } from './lane.ts';

/**
 * Two lanes, one answer: the fast lane where it can answer, the reference lane for everything else. `fast` is asked
 * for each time, since the lane is made late.
 */
export function createLanes(
  reference: Lane,
  fast: () => FastLane | undefined,
  avoid: (request: RegoRequest) => boolean,
): Lane {
  return {
    ask(entrypoint, request): Asked {
      const lane = fast();
      if (lane && !avoid(request)) {
        const answer = lane.ask(entrypoint, request);
        if (answer !== 'redo') return { value: answer.value, errors: [] };
      }
      return reference.ask(entrypoint, request);
    },
  };
}
