import { FindInput } from '@repo/domain/operations/schema';
import { apiFor } from '@repo/runtime';
import { requireStaff } from './require-staff.server.ts';

/** What `?q=` looks for, and what was found. */
export async function find(request: Request) {
  await requireStaff(request);
  const words = new URL(request.url).searchParams.get('q')?.trim() ?? '';
  if (words === '') return { words, error: null, matches: null };
  const input = FindInput.safeParse({ words });
  if (!input.success) return { words, error: input.error.issues[0]!.message, matches: null };
  return { words, error: null, matches: await (await apiFor(request)).operations.find(input.data) };
}
