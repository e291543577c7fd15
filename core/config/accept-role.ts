import { z } from 'zod';

/** The roles that may accept, the least first. Who has one may do what those before it may. */
export const acceptRoleSchema = z.enum(['write', 'maintain', 'admin']);
export type AcceptRole = z.infer<typeof acceptRoleSchema>;

/** `maintain` or `admin`: every role that is enough where this one is. */
export function rolesFrom(least: AcceptRole): readonly AcceptRole[] {
  const roles = acceptRoleSchema.options;
  return roles.slice(roles.indexOf(least));
}
