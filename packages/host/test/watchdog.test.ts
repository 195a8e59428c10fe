import { expect, test } from 'vitest';
import { createWatchdog, HEARTBEAT_BYTES, openHeartbeat } from '../src/index.ts';

/** Looks at the given times; the answers. */
function looks(
  times: readonly number[],
  between: (index: number, beat: ReturnType<typeof openHeartbeat>) => void,
) {
  const shared = new SharedArrayBuffer(HEARTBEAT_BYTES);
  const heartbeat = openHeartbeat(shared);
  let now = 0;
  const watchdog = createWatchdog(shared, 1_000, { now: () => now });
  return times.map((time, index) => {
    between(index, heartbeat);
    now = time;
    return watchdog.look();
  });
}

const unit = { set: 1, request: 2 };
const begin = (index: number, heartbeat: ReturnType<typeof openHeartbeat>) => {
  if (index === 0) heartbeat.begin(1, 2);
};

test('a unit is stuck once it was seen open for the limit', () => {
  expect(looks([250, 500, 750, 1_000, 1_250], begin)).toEqual([null, null, null, null, unit]);
});

test('a sleep of the machine counts as two polls at most', () => {
  expect(looks([250, 900_000, 900_250, 900_500], begin)).toEqual([null, null, null, unit]);
});

test('every new unit starts from nothing, also one begun before the last was ended', () => {
  const answers = looks([250, 500, 750, 1_000, 1_250, 1_500], (index, heartbeat) => {
    if (index % 2 === 0) heartbeat.begin(1, 2);
  });
  expect(answers).toEqual([null, null, null, null, null, null]);
});

test('nothing is stuck between units', () => {
  const answers = looks([250, 5_000, 10_000, 15_000, 20_000], (index, heartbeat) => {
    if (index === 0) heartbeat.begin(1, 2);
    if (index === 1) heartbeat.end();
  });
  expect(answers).toEqual([null, null, null, null, null]);
});
