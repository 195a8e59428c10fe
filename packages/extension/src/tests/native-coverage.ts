import * as vscode from 'vscode';
import { fileUri } from '../calls/open-call.ts';
import type { WorkspaceUri } from '../workspaces.ts';
import { type Covered, type FileDetails, fileDetails, type PlainRange } from './coverage.ts';

const details = new WeakMap<vscode.FileCoverage, FileDetails>();

/** Tells a run what was covered, file by file. */
export function addCoverage(run: vscode.TestRun, workspace: WorkspaceUri, report: Covered): void {
  for (const file of fileDetails(report)) {
    const coverage = vscode.FileCoverage.fromDetails(fileUri(workspace, file.file), toDetails(file));
    details.set(coverage, file);
    run.addCoverage(coverage);
  }
}

/** What the editor asks for when a covered file is opened. */
export async function loadDetailedCoverage(
  _run: vscode.TestRun,
  coverage: vscode.FileCoverage,
): Promise<vscode.FileCoverageDetail[]> {
  const file = details.get(coverage);
  return file ? toDetails(file) : [];
}

function toDetails({ statements, declarations }: FileDetails): vscode.FileCoverageDetail[] {
  return [
    ...statements.map(
      ({ line, hits, branches }) =>
        new vscode.StatementCoverage(
          hits,
          new vscode.Position(line, 0),
          branches.map(
            (branch) => new vscode.BranchCoverage(branch.hits, toRange(branch.range), branch.label),
          ),
        ),
    ),
    ...declarations.map(
      ({ name, hits, range }) => new vscode.DeclarationCoverage(name, hits, toRange(range)),
    ),
  ];
}

function toRange({ startLine, startCharacter, endLine, endCharacter }: PlainRange): vscode.Range {
  return new vscode.Range(startLine, startCharacter, endLine, endCharacter);
}
