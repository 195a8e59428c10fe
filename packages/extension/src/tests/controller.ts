import type { TestCaseReport, TestReport } from '@benchbook/model';
import * as vscode from 'vscode';
import { fileUri } from '../calls/open-call.ts';
import type { Server } from '../server.ts';
import { nameOf, type WorkspaceUri } from '../workspaces.ts';
import { addCoverage, loadDetailedCoverage } from './native-coverage.ts';
import { testDescription, testTree } from './test-tree.ts';

/**
 * The Test Explorer over `benchbook test`: the languages' own tests and recorded calls with an expected outcome. The
 * server runs all tests of a workspace at once; a run shows the ones that were asked for.
 */
export function testExplorer(server: Server): vscode.Disposable {
  const controller = vscode.tests.createTestController('benchbook.tests', 'Benchbook');
  const cases = new Map<string, TestCaseReport>();

  function workspaceItem(workspace: WorkspaceUri): vscode.TestItem {
    const found = controller.items.get(workspace);
    if (found) return found;
    const item = controller.createTestItem(workspace, nameOf(workspace), vscode.Uri.parse(workspace));
    item.canResolveChildren = true;
    controller.items.add(item);
    return item;
  }

  function listWorkspaces(): void {
    const known = server.workspaces();
    controller.items.forEach((item) => {
      if (!known.includes(item.id)) controller.items.delete(item.id);
    });
    for (const workspace of known) workspaceItem(workspace);
  }

  /** Items of the report; those that are there already stay what they are. */
  function fill(workspace: WorkspaceUri, report: TestReport): void {
    const top = workspaceItem(workspace);
    const files = testTree(report.tests).map(({ file, tests }) => {
      const id = JSON.stringify([workspace, file]);
      const uri = fileUri(workspace, file);
      const item = top.children.get(id) ?? controller.createTestItem(id, file, uri);
      item.children.replace(
        tests.map(({ id: testId, test }) => {
          const key = JSON.stringify([workspace, testId]);
          const child = item.children.get(key) ?? controller.createTestItem(key, test.name, uri);
          if (test.range) child.range = rangeOf(test.range);
          child.description = testDescription(test);
          cases.set(key, test);
          return child;
        }),
      );
      return item;
    });
    top.children.replace(files);
  }

  async function ask(
    workspace: WorkspaceUri,
    token?: vscode.CancellationToken,
  ): Promise<TestReport | string> {
    try {
      const result = await server.ask.tests({ folder: workspace }, token);
      if ('refused' in result) return result.refused;
      fill(workspace, result.report);
      workspaceItem(workspace).error = undefined;
      return result.report;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  controller.refreshHandler = async (token) => {
    listWorkspaces();
    for (const workspace of server.workspaces()) await resolve(workspace, token);
  };
  controller.resolveHandler = async (item) => {
    if (!item) listWorkspaces();
    else if (server.workspaces().includes(item.id)) await resolve(item.id);
  };
  async function resolve(workspace: WorkspaceUri, token?: vscode.CancellationToken): Promise<void> {
    const report = await ask(workspace, token);
    if (typeof report === 'string') workspaceItem(workspace).error = report;
  }

  const run =
    (cover: 'none' | 'tests' | 'recordings') =>
    async (request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> => {
      const testRun = controller.createTestRun(request);
      try {
        for (const workspace of workspacesOf(request)) {
          if (token.isCancellationRequested) break;
          await runIn(workspace, testRun, request, token, cover);
        }
      } finally {
        testRun.end();
      }
    };

  async function runIn(
    workspace: WorkspaceUri,
    testRun: vscode.TestRun,
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    cover: 'none' | 'tests' | 'recordings',
  ): Promise<void> {
    for (const item of leaves(request, workspace)) testRun.started(item);
    const report = await ask(workspace, token);
    if (typeof report === 'string') {
      testRun.appendOutput(`${report}\r\n`);
      testRun.errored(workspaceItem(workspace), new vscode.TestMessage(report));
      return;
    }
    for (const item of leaves(request, workspace)) {
      const test = cases.get(item.id);
      if (test) tell(testRun, item, test);
    }
    const { tests, passed, failed, errors } = report.summary;
    testRun.appendOutput(
      `${nameOf(workspace)}: ${tests} tests, ${passed} passed, ${failed} failed, ${errors} errors\r\n`,
    );
    if (cover === 'tests') addCoverage(testRun, workspace, report);
    if (cover === 'recordings') {
      const result = await server.ask.coverage({ folder: workspace }, token);
      if ('refused' in result) testRun.appendOutput(`${result.refused}\r\n`);
      else addCoverage(testRun, workspace, result.report);
    }
  }

  function workspacesOf(request: vscode.TestRunRequest): WorkspaceUri[] {
    const all = server.workspaces();
    if (!request.include) return [...all];
    const wanted = new Set(request.include.map(topOf));
    return all.filter((workspace) => wanted.has(workspace));
  }

  /** Tests of a workspace that the request asks for. */
  function leaves(request: vscode.TestRunRequest, workspace: WorkspaceUri): vscode.TestItem[] {
    const excluded = new Set(request.exclude?.map(({ id }) => id));
    const found: vscode.TestItem[] = [];
    const visit = (item: vscode.TestItem): void => {
      if (excluded.has(item.id)) return;
      if (item.parent?.parent) found.push(item);
      item.children.forEach(visit);
    };
    const top = workspaceItem(workspace);
    for (const item of request.include ?? [top]) {
      if (topOf(item) !== workspace) continue;
      // An item may have been replaced since the request was made.
      visit(find(top, item.id) ?? item);
    }
    return found;
  }

  const { Run, Coverage } = vscode.TestRunProfileKind;
  controller.createRunProfile('Run Tests', Run, run('none'), true);
  const covering = [
    controller.createRunProfile('Coverage of Recordings', Coverage, run('recordings'), true),
    controller.createRunProfile('Coverage of Tests', Coverage, run('tests'), false),
  ];
  for (const profile of covering) profile.loadDetailedCoverage = loadDetailedCoverage;

  listWorkspaces();
  return vscode.Disposable.from(controller, server.onStatus(listWorkspaces));
}

function topOf(item: vscode.TestItem): string {
  return item.parent ? topOf(item.parent) : item.id;
}

function find(item: vscode.TestItem, id: string): vscode.TestItem | undefined {
  if (item.id === id) return item;
  for (const [, child] of item.children) {
    const found = find(child, id);
    if (found) return found;
  }
  return undefined;
}

function tell(run: vscode.TestRun, item: vscode.TestItem, { state, message, range }: TestCaseReport): void {
  if (state === 'passed') run.passed(item);
  else if (state === 'skipped') run.skipped(item);
  else fail(run, item, { state, message, range });
}

function fail(
  run: vscode.TestRun,
  item: vscode.TestItem,
  { state, message, range }: Pick<TestCaseReport, 'state' | 'message' | 'range'>,
): void {
  const told = new vscode.TestMessage(message);
  if (item.uri && range) told.location = new vscode.Location(item.uri, rangeOf(range));
  if (state === 'failed') run.failed(item, told);
  else run.errored(item, told);
}

function rangeOf({ start, end }: NonNullable<TestCaseReport['range']>): vscode.Range {
  return new vscode.Range(start.line - 1, start.column - 1, end.line - 1, end.column - 1);
}
