// Preloaded into a process: tells its peak resident memory, in kilobytes, when it ends.
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS}\n`));
}
