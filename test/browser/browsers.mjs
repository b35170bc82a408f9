import { existsSync } from 'node:fs';

/** The browsers that are driven, and where Debian has them. */
export const browsers = [
  { name: 'chrome', debian: 'chromium', path: process.env.RXZMQ_CHROMIUM ?? '/usr/bin/chromium' },
  { name: 'firefox', debian: 'firefox-esr', path: process.env.RXZMQ_FIREFOX ?? '/usr/bin/firefox-esr' },
];

/** Those that are not installed. */
export function missingBrowsers() {
  return browsers.filter(({ path }) => !existsSync(path));
}
