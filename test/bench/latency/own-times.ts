import type { Call, PolicySet, PreparedRequests } from '@benchbook/model';
import { buildFacts, type PdpDecision, type Session } from '@benchbook/pdp';

const TIMINGS = 31;
/** Milliseconds; the times that count are the last ones. */
const WARM_UP = 1_500;

/** Collects requests and tells the slowest of them, each with its own time. */
export class OwnTimes {
  readonly #requests = new Map<
    number,
    { readonly prepared: [PolicySet, PreparedRequests][]; calls: number }
  >();
  #calls = 0;

  add(call: Call, session: Session, decision: PdpDecision): void {
    this.#calls++;
    const known = this.#requests.get(decision.serial);
    if (known) {
      known.calls++;
      return;
    }
    const facts = buildFacts(call, session);
    const prepared = decision.answers.map(({ set }): [PolicySet, PreparedRequests] => [
      set,
      set.prepare([facts]),
    ]);
    this.#requests.set(decision.serial, { prepared, calls: 1 });
  }

  /** Milliseconds by serial, of the requests that make up the slowest `share` of all calls. */
  slowest(share: number): ReadonlyMap<number, number> {
    const all = [...this.#requests].map(([serial, { prepared, calls }]) => ({
      serial,
      prepared,
      calls,
      times: [] as number[],
    }));
    const warm = performance.now() + WARM_UP;
    for (let i = 0; i < TIMINGS || performance.now() < warm; i++) {
      for (const { prepared, times } of all) {
        const start = performance.now();
        for (const [set, requests] of prepared) set.decide(requests, 0);
        times[i % TIMINGS] = performance.now() - start;
      }
    }
    const timed = all.map(({ serial, calls, times }) => ({
      serial,
      calls,
      time: times.sort((a, b) => a - b)[TIMINGS >> 1]!,
    }));
    timed.sort((a, b) => b.time - a.time);
    const slowest = new Map<number, number>();
    let passed = 0;
    for (const { serial, calls, time } of timed) {
      if (passed >= share * this.#calls) break;
      slowest.set(serial, time);
      passed += calls;
    }
    return slowest;
  }
}
