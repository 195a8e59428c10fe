/** A run of its own, to be killed: `root`, sinks and incidents as JSON. */
import { openSinks } from '../../src/incidents/open-sinks.ts';

const [root = '', sinks = '', incidents = ''] = process.argv.slice(2);
await openSinks(JSON.parse(sinks), process.env, { root, send: true, seed: 1 }).run(JSON.parse(incidents));
