/** What a restore replaces is kept here until it has succeeded. */
export const REPLACED_SCHEMA = 'replaced_by_restore';

/** The migrations are applied here to compare what they make with what is there. */
export const SCRATCH_SCHEMA = 'schema_comparison';
