import type { PdpState, Refusal } from '@benchbook/model';
import { textDocument } from '@benchbook/model';
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
import { simulationPanel } from '@benchbook/reports';
import type { Connection } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { isRefusal } from '../features/answer.ts';
import type { Root } from '../folders/root.ts';
import { evaluationMarkdown } from './evaluation-markdown.ts';
import { reportPanel } from './report-panel.ts';
import { statusOf } from './status.ts';

const PDP_STATES: readonly PdpState[] = ['up', 'slow', 'timing-out', 'crashing', 'erroring', 'flapping'];
const NO_FOLDER: Refusal = { refused: 'Benchbook has no workspace in this folder' };

/** Our own requests; what they ask and answer stands in `protocol`. */
export function handleOwnRequests(connection: Connection, context: () => ServerContext): void {
  connection.onRequest(METHODS.folders, (): Promise<FoldersResult> => context().folders.uris());
  on<FolderParams, StatusParams | null>(METHODS.getStatus, null, statusOf);
  on<FolderParams, null>(METHODS.replay, null, ({ service }) => {
    service.replay();
    return null;
  });
  on<RecordingsParams, RecordingsResult>(METHODS.recordings, [], ({ service }, { filter }) =>
    service.recordings(filter),
  );
  on<SessionsParams, SessionsResult>(METHODS.sessions, [], ({ service }, { file, filter }) =>
    service.sessions(file, filter),
  );
  on<CallsParams, CallsResult>(METHODS.calls, { total: 0, calls: [] }, ({ service }, { filter, from }) =>
    service.calls(filter, from),
  );
  on<ChooseCallParams, boolean>(METHODS.chooseCall, false, ({ service }, { call }) =>
    service.chooseCall(call),
  );
  on<CallTextParams, string | null>(METHODS.callText, null, ({ service }, { call }) =>
    service.callText(call),
  );
  on<EvaluateParams, EvaluateResult>(METHODS.evaluate, NO_FOLDER, evaluate);
  on<CallLineParams, CallLineResult>(METHODS.callLine, NO_FOLDER, ({ service }, { text, expect }) =>
    service.callLine(text, expect),
  );
  on<ReportParams, ReportResult>(METHODS.report, NO_FOLDER, async ({ service }, { latency }) => {
    const report = await service.report(latency);
    return isRefusal(report) ? report : reportPanel(report, service);
  });
  on<BaseTextParams, BaseTextResult>(METHODS.baseText, NO_FOLDER, ({ service }, { path }) =>
    service.baseText(path),
  );
  on<FolderParams, TestsResult>(METHODS.tests, NO_FOLDER, async ({ service }) => {
    const report = await service.tests();
    return isRefusal(report) ? report : { report };
  });
  on<FolderParams, CoverageResult>(METHODS.coverage, NO_FOLDER, async ({ service }) => {
    const report = await service.report(false);
    if (isRefusal(report)) return report;
    const { policies, helpers, lines } = report;
    return { report: { policies, ...(helpers && { helpers }), ...(lines && { lines }) } };
  });
  on<FolderParams, AgentsResult>(METHODS.agents, [], ({ service }) => service.agents());
  on<SimulateParams, ReportResult>(METHODS.simulate, NO_FOLDER, async ({ service }, { state }) => {
    if (!PDP_STATES.includes(state)) return { refused: `a PDP is ${PDP_STATES.join(', ')}` };
    const report = await service.simulate(state);
    if (isRefusal(report)) return report;
    const { css, body } = simulationPanel(report);
    return { css, html: body };
  });
  on<FolderParams, ScaffoldResult>(METHODS.scaffold, [], ({ service }) => service.scaffold());

  function on<Params extends FolderParams, Result>(
    method: string,
    none: Result,
    answer: (root: Root, params: Params) => Result | Promise<Result>,
  ): void {
    connection.onRequest(method, async (params: Params): Promise<Result> => {
      const root = await context().folders.at(params.folder);
      return root ? answer(root, params) : none;
    });
  }
}

async function evaluate({ service }: Root, params: EvaluateParams): Promise<EvaluateResult> {
  const evaluation = await service.evaluate(
    'call' in params
      ? { call: params.call }
      : { text: params.text, ...(params.after !== undefined && { after: params.after }) },
  );
  if (isRefusal(evaluation)) return evaluation;
  const files = [...new Set(evaluation.conditions.map(({ file }) => file))];
  const texts = new Map(
    await Promise.all(
      files.map(async (file) => [file, textDocument((await service.text(file)) ?? '')] as const),
    ),
  );
  return { evaluation, markdown: evaluationMarkdown(evaluation, (file) => texts.get(file)) };
}
