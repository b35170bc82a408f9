// Prints "<passed> <failed>" for one step: what its vitest JSON reports hold, and one more failure
// where the step failed in a way that no report shows.
//
//   node scripts/countTests.mjs <exit code of the step> <report.json>...
import { readFileSync } from 'node:fs';

const [exitCode, ...files] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const file of files) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    // A file that cannot be loaded has no tests to fail.
    failed += report.testResults.filter(
      (result) => result.status === 'failed' && !result.assertionResults.length,
    ).length;
    if (report.numTotalTests === 0) failed += 1;
  } catch (error) {
    console.error(`no report: ${error.message}`);
    failed += 1;
  }
}
if (exitCode !== '0' && failed === 0) failed += 1; // an unhandled error or a crash
console.log(`${passed} ${failed}`);
