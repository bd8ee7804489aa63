import type { GenerationView } from '@repo/domain/generation/schema';

/** Which models were asked before this one, and why it went on. */
export function TriedModels({
  tried,
}: {
  tried: readonly Pick<GenerationView['tried'][number], 'modelLabel' | 'reason'>[];
}) {
  if (tried.length === 0) return null;
  return (
    <ul aria-label="Tried before" className="grid gap-1 text-[13px] text-muted">
      {tried.map(({ modelLabel, reason }, at) => (
        <li key={at}>
          {modelLabel} was tried before. {reason}
        </li>
      ))}
    </ul>
  );
}
