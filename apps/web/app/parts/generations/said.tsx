/** What a model said or saw beside its work, or instead of it. Free, and kept word by word. */
export function Said({ said, isInstead }: { said: string | null; isInstead: boolean }) {
  if (!said) return null;
  return (
    <figure className="grid gap-1.5 rounded-xl border border-line bg-surface p-4 text-sm">
      <figcaption className="text-[13px] text-muted">
        {isInstead ? 'The model made nothing, but said this. It is free.' : 'The model said:'}
      </figcaption>
      <blockquote
        tabIndex={[...said].length > 400 ? 0 : undefined}
        className="max-h-56 overflow-y-auto whitespace-pre-wrap [overflow-wrap:anywhere]"
      >
        {said}
      </blockquote>
    </figure>
  );
}
