/** The applications: the example as it is, and the same on the oldest Angular that is supported, with zone.js. */
export const apps = [
  { name: 'newest', without: 'zone.js' },
  { name: 'oldest', without: 'nothing' },
] as const;

export type AppName = (typeof apps)[number]['name'];
