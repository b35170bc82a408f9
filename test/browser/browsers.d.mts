interface BrowserProgram {
  readonly name: 'chrome' | 'firefox';
  readonly debian: string;
  readonly path: string;
}
/** The browsers that are driven, and where Debian has them. */
export const browsers: readonly BrowserProgram[];
/** Those that are not installed. */
export function missingBrowsers(): readonly BrowserProgram[];
