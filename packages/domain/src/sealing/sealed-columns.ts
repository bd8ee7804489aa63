/** Every column that is sealed, so that a new key finds them all. Its table must have an `id`. */
export const SEALED_COLUMNS = [
  { table: 'second_factor', column: 'secret' },
  { table: 'session', column: 'ip_address' },
  { table: 'session', column: 'user_agent' },
  { table: 'webhook_endpoint', column: 'secret' },
  { table: 'webhook_endpoint', column: 'previous_secret' },
] as const satisfies readonly { table: string; column: string }[];
