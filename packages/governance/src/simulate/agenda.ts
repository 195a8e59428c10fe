/** Things that will happen, by their time; those of one time in the order in which they were entered. */
export interface Agenda<Item> {
  enter(time: number, item: Item): void;
  /** Takes what is due at `time`, one at a time. */
  due(time: number): { readonly time: number; readonly item: Item } | undefined;
}

/** An empty agenda: a binary heap. */
export function agenda<Item>(): Agenda<Item> {
  const heap: { readonly time: number; readonly order: number; readonly item: Item }[] = [];
  let entered = 0;
  const before = (a: number, b: number): boolean =>
    heap[a]!.time !== heap[b]!.time ? heap[a]!.time < heap[b]!.time : heap[a]!.order < heap[b]!.order;
  const swap = (a: number, b: number): void => {
    const kept = heap[a]!;
    heap[a] = heap[b]!;
    heap[b] = kept;
  };
  return {
    enter(time, item) {
      heap.push({ time, order: entered++, item });
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (!before(at, parent)) break;
        swap(at, parent);
        at = parent;
      }
    },
    due(time) {
      const first = heap[0];
      if (!first || first.time > time) return undefined;
      const last = heap.pop()!;
      if (heap.length > 0) {
        heap[0] = last;
        for (let at = 0; ; ) {
          let least = at;
          for (const child of [2 * at + 1, 2 * at + 2])
            if (child < heap.length && before(child, least)) least = child;
          if (least === at) break;
          swap(at, least);
          at = least;
        }
      }
      return first;
    },
  };
}
