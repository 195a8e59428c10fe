// Draws the extension's icon: an open book, a tick on one page and a cross on the other. Returns PNG bytes.
import { crc32, deflateSync } from 'node:zlib';

const SIZE = 256;
/** Samples per pixel and direction, against jagged edges. */
const SAMPLES = 4;

const GROUND = [31, 41, 78];
const PAGE = [246, 244, 236];
const SPINE = [190, 186, 170];
const TICK = [38, 140, 84];
const CROSS = [196, 58, 58];

/** Distance of a point to a stroke from a to b. */
function toStroke(x, y, [ax, ay], [bx, by]) {
  const dx = bx - ax;
  const dy = by - ay;
  const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

const isNear = (x, y, strokes, width) => strokes.some(([from, to]) => toStroke(x, y, from, to) <= width);

/** The colour at a point of the unit square; null outside the icon. */
function colourAt(x, y) {
  const corner = 0.18;
  const dx = Math.max(corner - x, 0, x - (1 - corner));
  const dy = Math.max(corner - y, 0, y - (1 - corner));
  if (Math.hypot(dx, dy) > corner) return null;
  // Pages sag towards the spine.
  const sag = 0.06 * Math.cos(((x - 0.5) / 0.36) * (Math.PI / 2)) ** 2;
  const isPage = Math.abs(x - 0.5) <= 0.36 && y >= 0.24 + sag && y <= 0.74 + sag;
  if (!isPage) return GROUND;
  const tick = [
    [
      [0.21, 0.51],
      [0.29, 0.6],
    ],
    [
      [0.29, 0.6],
      [0.42, 0.42],
    ],
  ];
  const cross = [
    [
      [0.6, 0.42],
      [0.77, 0.59],
    ],
    [
      [0.77, 0.42],
      [0.6, 0.59],
    ],
  ];
  if (isNear(x, y, tick, 0.03)) return TICK;
  if (isNear(x, y, cross, 0.03)) return CROSS;
  return Math.abs(x - 0.5) < 0.012 ? SPINE : PAGE;
}

function pixel(px, py) {
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const x = (px + ((i % SAMPLES) + 0.5) / SAMPLES) / SIZE;
    const y = (py + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES) / SIZE;
    const colour = colourAt(x, y);
    if (!colour) continue;
    for (let c = 0; c < 3; c++) sum[c] += colour[c];
    sum[3] += 1;
  }
  const [r, g, b, n] = sum;
  return n === 0 ? [0, 0, 0, 0] : [r / n, g / n, b / n, (255 * n) / SAMPLES ** 2].map(Math.round);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

export function drawIcon() {
  const rows = Buffer.alloc(SIZE * (1 + 4 * SIZE));
  for (let y = 0; y < SIZE; y++)
    for (let x = 0; x < SIZE; x++) rows.set(pixel(x, y), y * (1 + 4 * SIZE) + 1 + 4 * x);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  // 8 bits each of red, green, blue and alpha.
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
