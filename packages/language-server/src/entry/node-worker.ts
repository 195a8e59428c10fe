/** The thread in which the language server works under Node; `node-main` starts it. */
import 'vscode-languageserver/node';
import { openWorkerPort } from '@benchbook/host/node';
import { nodePlatform } from '../node/platform.ts';
import type { FromWorker, ToWorker } from '../worker/messages.ts';
import { runServerWorker } from '../worker/run.ts';

runServerWorker(openWorkerPort<ToWorker, FromWorker>(), nodePlatform);
