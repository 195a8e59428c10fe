import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium of this machine; `CHROMIUM` names another one. Rejects with what to install where there is none. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = [process.env.CHROMIUM ?? '', ...known].find(existsSync);
  if (executablePath === undefined)
    throw new Error('no Chromium found: `apt-get install chromium`, or set CHROMIUM to the path of one');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  });
}
