import type { LatencyComparerOptions } from '@benchbook/core';
import type { DiffLatency } from '@benchbook/model';

/** What the study asks of a process. */
export interface RunsAsked {
  readonly corpora: string;
  readonly recording: string;
  readonly language: string;
  /** Head is slower in its slowest calls; else head is base. */
  readonly slower: boolean;
  readonly runs: number;
  readonly seed: number;
  readonly options: Pick<LatencyComparerOptions, 'repeats' | 'maxTime'>;
}

/** What is told of one run. Times in milliseconds. */
export interface RunFigures extends Pick<DiffLatency, 'n' | 'sessions' | 'repeats' | 'p99'> {
  /** Deciding both versions once and preparing the requests. */
  readonly collecting: number;
  readonly measuring: number;
}
