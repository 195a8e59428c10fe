/**
 * A worker that is stuck cannot post a message. It therefore says in shared memory what it is about to do, before
 * it does it; the host watches from another thread.
 *
 * Layout (Int32): 0 beat: odd while a unit of work runs, changed by each begin and end; 1 set; 2 request;
 * 3 turns: grows while the worker comes back to its event loop.
 */

/** Bytes of a heartbeat. */
export const HEARTBEAT_BYTES = 16;

/** What a worker was at when it last said so. */
export interface UnitDescriptor {
  /** Index of the policy set. */
  readonly set: number;
  /** Number of the request, as the worker counts. */
  readonly request: number;
}

/** The worker's side. Cheap: three atomic stores. */
export interface Heartbeat {
  /** Says what is started, before it is. Begins the next unit if one is still open. */
  begin(set: number, request: number): void;
  /** Says that it is done, whatever came of it. */
  end(): void;
}

export function openHeartbeat(shared: SharedArrayBuffer): Heartbeat {
  const cells = new Int32Array(shared);
  let beat = Atomics.load(cells, 0);
  return {
    begin(set, request) {
      Atomics.store(cells, 1, set);
      Atomics.store(cells, 2, request);
      beat = (beat + (beat & 1 ? 2 : 1)) | 0;
      Atomics.store(cells, 0, beat);
    },
    end() {
      if (!(beat & 1)) return;
      beat = (beat + 1) | 0;
      Atomics.store(cells, 0, beat);
    },
  };
}

/** What the host reads: the beat, and the open unit or null between units. */
export function readHeartbeat(shared: SharedArrayBuffer): { beat: number; unit: UnitDescriptor | null } {
  const cells = new Int32Array(shared);
  const beat = Atomics.load(cells, 0);
  const unit = { set: Atomics.load(cells, 1), request: Atomics.load(cells, 2) };
  return { beat, unit: beat & 1 ? unit : null };
}

/** The worker's side: it came back to its event loop. */
export function countTurn(shared: SharedArrayBuffer): void {
  Atomics.add(new Int32Array(shared), 3, 1);
}

/** How often it did. */
export function readTurns(shared: SharedArrayBuffer): number {
  return Atomics.load(new Int32Array(shared), 3);
}
