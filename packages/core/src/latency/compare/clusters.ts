/**
 * Sessions are told apart up to this many; beyond it several make one cluster. Thousands of clusters tell how much
 * sessions differ as well as millions would. A prime, so that no regular order of sessions falls together with it.
 */
export const MAX_CLUSTERS = 2_003;

/** Calls that are listed one by one; beyond it they are counted by cluster, which is smaller then. */
const MAX_LISTED = 1_000;

/** How many calls of each cluster something stands for. Takes at most 8 KB. */
export class ClusterCounts {
  #listed: number[] | undefined = [];
  #counted: Uint32Array | undefined;
  #total = 0;

  /** Calls of all clusters. */
  get total(): number {
    return this.#total;
  }

  /** Notes one call of a session; sessions are numbered from 0. */
  add(session: number): void {
    const cluster = session % MAX_CLUSTERS;
    this.#total++;
    if (this.#counted) {
      this.#counted[cluster]!++;
      return;
    }
    this.#listed!.push(cluster);
    if (this.#listed!.length <= MAX_LISTED) return;
    this.#counted = new Uint32Array(MAX_CLUSTERS);
    for (const each of this.#listed!) this.#counted[each]!++;
    this.#listed = undefined;
  }

  /** Visits the clusters with the calls of each, by number. The same cluster stands once. */
  forEach(visit: (cluster: number, calls: number) => void): void {
    if (this.#counted) {
      this.#counted.forEach((calls, cluster) => {
        if (calls > 0) visit(cluster, calls);
      });
      return;
    }
    const sorted = [...this.#listed!].sort((a, b) => a - b);
    for (let from = 0; from < sorted.length; ) {
      let to = from + 1;
      while (sorted[to] === sorted[from]) to++;
      visit(sorted[from]!, to - from);
      from = to;
    }
  }
}
