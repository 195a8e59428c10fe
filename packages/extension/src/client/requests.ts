/** The server's own requests, typed. A request that fails for a user's reason answers with a refusal. */
import {
  type AgentsResult,
  type BaseTextParams,
  type BaseTextResult,
  type CallLineParams,
  type CallLineResult,
  type CallsParams,
  type CallsResult,
  type CallTextParams,
  type ChooseCallParams,
  type CoverageResult,
  type EvaluateParams,
  type EvaluateResult,
  type FolderParams,
  type FoldersResult,
  METHODS,
  type RecordingsParams,
  type RecordingsResult,
  type ReportParams,
  type ReportResult,
  type ScaffoldResult,
  type SessionsParams,
  type SessionsResult,
  type SimulateParams,
  type StatusParams,
  type TestsResult,
} from '@benchbook/protocol';
import type { CancellationToken } from 'vscode';

/** The part of the language client that requests need. */
export interface Sender {
  sendRequest<Result>(method: string, params: unknown, token?: CancellationToken): Promise<Result>;
}

type Ask<Params, Result> = (params: Params, token?: CancellationToken) => Promise<Result>;

export interface Requests {
  readonly folders: () => Promise<FoldersResult>;
  readonly status: Ask<FolderParams, StatusParams | null>;
  readonly replay: Ask<FolderParams, unknown>;
  readonly recordings: Ask<RecordingsParams, RecordingsResult>;
  readonly sessions: Ask<SessionsParams, SessionsResult>;
  readonly calls: Ask<CallsParams, CallsResult>;
  readonly chooseCall: Ask<ChooseCallParams, unknown>;
  readonly callText: Ask<CallTextParams, string | null>;
  readonly evaluate: Ask<EvaluateParams, EvaluateResult>;
  readonly callLine: Ask<CallLineParams, CallLineResult>;
  readonly report: Ask<ReportParams, ReportResult>;
  readonly baseText: Ask<BaseTextParams, BaseTextResult>;
  readonly tests: Ask<FolderParams, TestsResult>;
  readonly coverage: Ask<FolderParams, CoverageResult>;
  readonly scaffold: Ask<FolderParams, ScaffoldResult>;
  readonly agents: Ask<FolderParams, AgentsResult>;
  readonly simulate: Ask<SimulateParams, ReportResult>;
}

export function requests(sender: Sender): Requests {
  const ask =
    <Params, Result>(method: string): Ask<Params, Result> =>
    (params, token) =>
      sender.sendRequest<Result>(method, params, token);
  return {
    folders: () => sender.sendRequest(METHODS.folders, {}),
    status: ask(METHODS.getStatus),
    replay: ask(METHODS.replay),
    recordings: ask(METHODS.recordings),
    sessions: ask(METHODS.sessions),
    calls: ask(METHODS.calls),
    chooseCall: ask(METHODS.chooseCall),
    callText: ask(METHODS.callText),
    evaluate: ask(METHODS.evaluate),
    callLine: ask(METHODS.callLine),
    report: ask(METHODS.report),
    baseText: ask(METHODS.baseText),
    tests: ask(METHODS.tests),
    coverage: ask(METHODS.coverage),
    scaffold: ask(METHODS.scaffold),
    agents: ask(METHODS.agents),
    simulate: ask(METHODS.simulate),
  };
}
