/** The inner worker, in which the language server works in a browser. */
import 'vscode-languageserver/browser';
import { openBrowserPort } from '@benchbook/host/browser';
import { browserPlatform } from '../browser/platform.ts';
import type { FromWorker, ToWorker } from '../worker/messages.ts';
import { runServerWorker } from '../worker/run.ts';

runServerWorker(openBrowserPort<ToWorker, FromWorker>(), () => browserPlatform);
