/** A process that writes decisions to a trail until it is ended, and tells how many are on the disk. */
import { openTrail } from '../../src/audit/open-trail.ts';

const [path = '', from = '0', count = '1'] = process.argv.slice(2);
try {
  const trail = await openTrail(path, {
    retentionMonths: 12,
    redact: [],
    now: () => '2026-06-01T12:00:00Z',
    signEvery: 5,
  });
  process.stdout.write('open\n');
  for (let index = Number(from); index < Number(from) + Number(count); index++) {
    await trail.write([
      {
        entry: {
          ts: '2026-05-01T10:00:00Z',
          kind: 'decision',
          actor: { agent: 'bot', user: 'alice' },
          action: { tool: 'pay', server: null, call: `s#${index}`, session: 's' },
          outcome: 'allow',
          enforced: 'permitted',
          by: 'policy',
          determining: [],
          context: 'c'.repeat(64),
          certificate: null,
        },
      },
    ]);
    process.stdout.write(`${index}\n`);
  }
  if (process.env.HOLD) await new Promise((resolve) => setTimeout(resolve, 60_000));
  await trail.close();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
