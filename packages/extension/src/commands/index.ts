import * as vscode from 'vscode';
import { type Command, type Parts, Told } from '../parts.ts';
import { chooseCall } from './choose-call.ts';
import { clearCall } from './clear-call.ts';
import { clearFilter } from './clear-filter.ts';
import { compareWithBase } from './compare-with-base.ts';
import { copyCallId } from './copy-call-id.ts';
import { evaluate } from './evaluate.ts';
import { evaluateCopy } from './evaluate-copy.ts';
import { filterRecordings } from './filter-recordings.ts';
import { init } from './init.ts';
import { openRecordedLine } from './open-recorded-line.ts';
import { pickACall } from './pick-a-call.ts';
import { replay } from './replay.ts';
import { restart } from './restart.ts';
import { sampleCalls } from './sample-calls.ts';
import { saveRecording } from './save-recording.ts';
import { showCalls } from './show-calls.ts';
import { showFlips } from './show-flips.ts';
import { showOutput } from './show-output.ts';
import { showReport } from './show-report.ts';
import { simulateOutage } from './simulate-outage.ts';

/** Every command of `package.json`, by its id below `benchbook`. */
const COMMANDS: { readonly [id: string]: Command } = {
  replay,
  showReport,
  simulateOutage,
  pickCall: pickACall,
  clearCall,
  evaluate,
  evaluateCopy,
  saveRecording,
  showCalls,
  showFlips,
  compareWithBase,
  filterRecordings,
  clearFilter,
  init,
  sampleCalls,
  restart,
  showOutput,
  openCall: openRecordedLine,
  chooseCall,
  copyCallId,
};

/** Registers them. What fails is said once, with a way to the log where it is no matter of the user's. */
export function registerCommands(parts: Parts): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(COMMANDS).map(([id, command]) =>
      vscode.commands.registerCommand(`benchbook.${id}`, async (argument?: unknown) => {
        try {
          await command(parts, argument);
        } catch (error) {
          await tell(error, parts);
        }
      }),
    ),
  );
}

async function tell(error: unknown, parts: Parts): Promise<void> {
  if (error instanceof vscode.CancellationError) return;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Told) {
    void vscode.window.showWarningMessage(message);
    return;
  }
  const show = 'Show Output';
  if ((await vscode.window.showErrorMessage(`Benchbook: ${message}`, show)) === show)
    parts.server.showOutput();
}
