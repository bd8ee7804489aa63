/** Sign-ins that exist only in the demo; the launcher prints them, so they are no secret. */
export const DEMO_ACCOUNTS = {
  brandAdmin: { name: 'Klara Venn', email: 'brand@remixify.example', password: 'window-seat-2260' },
  creator: { name: 'Milo Tandry', email: 'creator@remixify.example', password: 'lemon-sunrise-41' },
  staff: { name: 'Noor Halden', email: 'staff@remixify.example', password: 'quiet-lantern-77' },
} as const;
