// Installs the browsers that the tests drive, where that can be done: on Debian and its likes, as root.
import { execFileSync, spawnSync } from 'node:child_process';
import { missingBrowsers } from './browsers.mjs';

const missing = missingBrowsers();
if (missing.length > 0 && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const packages = missing.map(({ debian }) => debian);
  try {
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'inherit' });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env,
      stdio: 'inherit',
    });
  } catch (error) {
    console.error(`apt-get could not install ${packages.join(' ')}: ${error.message}`);
  }
}
const left = missingBrowsers().map(({ name }) => name);
if (left.length > 0) {
  console.error(`\n*** LEFT OUT: tests in ${left.join(' and ')}, which cannot be had here. ***\n`);
  if (process.env.CI) process.exit(1);
}
