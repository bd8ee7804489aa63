import { z } from 'zod';
import { keepDraft, readDraft } from '#app/parts/accounts/draft.ts';

/** Its name among the drafts of this tab. It is forgotten once the form that names it was taken. */
export const UPLOAD_DRAFT = 'upload';

/** What is kept of an ad until it is published: in this tab alone, for one person. */
const UploadDraft = z.object({
  personId: z.string(),
  /** Fields by name, as typed. */
  typed: z.record(z.string(), z.string()).default({}),
  /** The upload, finished or not, and what its file was called. */
  assetId: z.string().nullable().default(null),
  fileName: z.string().nullable().default(null),
  generationId: z.string().nullable().default(null),
  /** The last press of each button: pressed again for the same, it is the same request. */
  presses: z.record(z.string(), z.object({ key: z.string(), of: z.string() })).default({}),
});
export type UploadDraft = z.infer<typeof UploadDraft>;

const emptyDraft = (personId: string): UploadDraft => UploadDraft.parse({ personId });

/** The draft of this person in this tab. Somebody else's is not shown to them. */
export function readUploadDraft(personId: string): UploadDraft {
  try {
    const draft = UploadDraft.parse(JSON.parse(readDraft(UPLOAD_DRAFT)));
    return draft.personId === personId ? draft : emptyDraft(personId);
  } catch {
    return emptyDraft(personId);
  }
}

export function patchUploadDraft(personId: string, patch: Partial<UploadDraft>): void {
  keepDraft(UPLOAD_DRAFT, JSON.stringify({ ...readUploadDraft(personId), ...patch }));
}

/** The idempotency key of a press: the one of the last press while the same is asked for, a new one otherwise. */
export function pressKeyFor(personId: string, button: string, of: string): string {
  const { presses } = readUploadDraft(personId);
  const last = presses[button];
  if (last?.of === of) return last.key;
  const key = crypto.randomUUID();
  patchUploadDraft(personId, { presses: { ...presses, [button]: { key, of } } });
  return key;
}

/** Its answer has come: the next press of this button is a new request, whatever it asks for. */
export function forgetPress(personId: string, button: string): void {
  const { [button]: _, ...presses } = readUploadDraft(personId).presses;
  patchUploadDraft(personId, { presses });
}
