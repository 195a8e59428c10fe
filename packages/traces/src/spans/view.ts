import type { Call, CallAgent, CallUser } from '@benchbook/model';
import type { Draft } from '../call/draft.ts';

/** What ancestors, the trace or the process tell of a call. */
export interface Circumstances {
  readonly agent?: CallAgent | undefined;
  readonly user?: CallUser | undefined;
  readonly session?: string | undefined;
}

/** One step of a trace as a format tells it. All but `draft` is kept from the first pass to the second. */
export interface SpanView extends Circumstances {
  readonly id: string;
  readonly trace: string;
  readonly parent?: string | undefined;
  /** Microseconds since 1970: for order alone. */
  readonly start?: number | undefined;
  /** An agent works here: calls below are its own, whatever is above. */
  readonly isAgent?: boolean;
  /** Holds where neither the span nor one above it says more. */
  readonly fallback?: Circumstances;
  /** The tool's name without prefix, where the span is a call. */
  readonly tool?: string | undefined;
  /** The same for the client's and the server's span of one call that are not one above the other. */
  readonly twin?: string | undefined;
  readonly side?: 'client' | 'server' | undefined;
  /** What a policy engine decided, where the span tells that. */
  readonly decision?: Call['recorded'];
  /** The call, in the second pass. */
  readonly draft?: () => Draft;
}
