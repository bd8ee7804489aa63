import { z } from 'zod';

/** Who somebody is, as they may see it themselves. */
export const PersonView = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Empty for a guest. */
  email: z.string(),
  emailVerified: z.boolean(),
  isGuest: z.boolean(),
  isStaff: z.boolean(),
});

/** A session in the hands of a client without cookies. */
export const SessionToken = z.object({
  /** For the header `Authorization: Bearer …`. Shown once. */
  token: z.string(),
  expiresAt: z.date(),
  user: PersonView,
});
export type SessionToken = z.infer<typeof SessionToken>;
