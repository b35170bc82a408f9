/** The drivers that a run compares, in the order of the table. */
export const allDrivers = ['native', 'engine'] as const;

/** As the option `driver` calls it. */
export type Driver = (typeof allDrivers)[number];
