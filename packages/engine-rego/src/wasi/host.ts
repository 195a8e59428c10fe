/**
 * A WASI preview 1 host with nothing in it: no files, no network, no environment; a pinned clock and pinned
 * randomness. It is as much as a Go reactor needs, and runs in browsers as it does in Node.
 */

/** The guest ended itself (Go: a fatal error, out of memory). Its instance is of no more use. */
export class GuestExit extends Error {
  readonly code: number;

  constructor(code: number, said: string) {
    super(said === '' ? `the guest ended with code ${code}` : said);
    this.name = 'GuestExit';
    this.code = code;
  }
}

export interface WasiHost {
  readonly imports: WebAssembly.Imports;
  /** Must be called once, before any export is. */
  attach(memory: WebAssembly.Memory): void;
  /** Sets the wall clock, in nanoseconds since 1970. */
  setTime(nanoseconds: bigint): void;
}

const SUCCESS = 0;
const BAD_FILE = 8;
const NOT_FOUND = 44;
const NOT_SUPPORTED = 58;

const CLOCK_REALTIME = 0;
/** Subscription and event of `poll_oneoff`: sizes in bytes, see the preview 1 witx. */
const SUBSCRIPTION_SIZE = 48;
const EVENT_SIZE = 32;
const MAX_SAID = 4_096;

/** What asks for an open file: none is. */
const FILE_CALLS = [
  'fd_close',
  'fd_fdstat_get',
  'fd_fdstat_set_flags',
  'fd_filestat_get',
  'fd_filestat_set_size',
  'fd_pread',
  'fd_prestat_dir_name',
  'fd_prestat_get',
  'fd_pwrite',
  'fd_read',
  'fd_readdir',
  'fd_seek',
  'fd_sync',
  'fd_tell',
  'sock_accept',
  'sock_recv',
  'sock_send',
  'sock_shutdown',
];

/** What asks for a file by its path: there is none. */
const PATH_CALLS = [
  'path_create_directory',
  'path_filestat_get',
  'path_filestat_set_times',
  'path_link',
  'path_open',
  'path_readlink',
  'path_remove_directory',
  'path_rename',
  'path_symlink',
  'path_unlink_file',
];

/** Makes a host for one instance. */
export function createWasiHost(): WasiHost {
  let memory: WebAssembly.Memory | undefined;
  let wallClock = 0n;
  // Go's scheduler wants a clock that moves; this one moves by being asked, so that runs are alike.
  let ticks = 1n;
  let random = 0x9e3779b9;
  let said = '';

  const view = () => new DataView(memory!.buffer);

  function nextRandom(): number {
    random ^= random << 13;
    random ^= random >>> 17;
    random ^= random << 5;
    return random & 0xff;
  }

  function emptyList(count: number, size: number): number {
    view().setUint32(count, 0, true);
    view().setUint32(size, 0, true);
    return SUCCESS;
  }

  const wasi: Record<string, (...args: never[]) => number> = {
    args_sizes_get: emptyList,
    args_get: () => SUCCESS,
    environ_sizes_get: emptyList,
    environ_get: () => SUCCESS,
    sched_yield: () => SUCCESS,
    proc_exit: (code: number) => {
      throw new GuestExit(code, said.trim().split('\n', 1)[0] ?? '');
    },
    clock_time_get: (clock: number, _precision: bigint, out: number) => {
      ticks += 1_000n;
      view().setBigUint64(out, clock === CLOCK_REALTIME ? wallClock : ticks, true);
      return SUCCESS;
    },
    random_get: (at: number, length: number) => {
      const bytes = new Uint8Array(memory!.buffer, at, length);
      for (let i = 0; i < length; i++) bytes[i] = nextRandom();
      return SUCCESS;
    },
    /** Nothing ever becomes ready but time: a sleep ends at once, with the clock moved on. */
    poll_oneoff: (subscriptions: number, events: number, count: number, out: number) => {
      const data = view();
      for (let i = 0; i < count; i++) {
        const subscription = subscriptions + i * SUBSCRIPTION_SIZE;
        const event = events + i * EVENT_SIZE;
        const type = data.getUint8(subscription + 8);
        if (type === 0) ticks += data.getBigUint64(subscription + 24, true);
        data.setBigUint64(event, data.getBigUint64(subscription, true), true);
        data.setUint16(event + 8, type === 0 ? SUCCESS : NOT_SUPPORTED, true);
        data.setUint8(event + 10, type);
      }
      data.setUint32(out, count, true);
      return SUCCESS;
    },
    /** What the guest says (Go prints why it ends) is kept for the error message, bounded. */
    fd_write: (fd: number, vectors: number, count: number, out: number) => {
      if (fd !== 1 && fd !== 2) return BAD_FILE;
      const data = view();
      let written = 0;
      for (let i = 0; i < count; i++) {
        const at = data.getUint32(vectors + i * 8, true);
        const length = data.getUint32(vectors + i * 8 + 4, true);
        if (said.length < MAX_SAID) {
          said += new TextDecoder().decode(
            new Uint8Array(memory!.buffer, at, Math.min(length, MAX_SAID)).slice(),
          );
        }
        written += length;
      }
      data.setUint32(out, written, true);
      return SUCCESS;
    },
  };

  for (const name of FILE_CALLS) wasi[name] = () => BAD_FILE;
  for (const name of PATH_CALLS) wasi[name] = () => NOT_FOUND;

  return {
    imports: { wasi_snapshot_preview1: wasi },
    attach(to) {
      memory = to;
    },
    setTime(nanoseconds) {
      wallClock = nanoseconds;
    },
  };
}
