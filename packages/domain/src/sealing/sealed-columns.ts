/** Every column that is sealed, so that a new key finds them all. Its table must have an `id`. */
export const SEALED_COLUMNS = [
  { table: 'second_factor', column: 'secret' },
  { table: 'session', column: 'ip_address' },
  { table: 'session', column: 'user_agent' },
] as const satisfies readonly { table: string; column: string }[];
