import { Notice } from '@repo/ui';

/** What the model says of its own work: what it did, and what it could not do. */
export function ModelNotes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  const fellShort = notes.some((note) => note.startsWith('I could not') || note.startsWith('Local effects understand'));
  return (
    <Notice tone={fellShort ? 'warning' : 'neutral'}>
      <ul aria-label="Notes of the model" className="grid gap-1">
        {notes.map((note) => (
          <li key={note} className="[overflow-wrap:anywhere]">
            {note}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
