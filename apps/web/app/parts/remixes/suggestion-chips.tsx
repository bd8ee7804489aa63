import { Plus } from 'lucide-react';
import { SUGGESTIONS, type Suggestion } from './suggestions.ts';

/** Presses that add to the prompt. Without scripts they could do nothing, so they are not there. */
export function SuggestionChips({ onPick }: { onPick(suggestion: Suggestion): void }) {
  return (
    <ul aria-label="Suggestions" className="flex flex-wrap gap-1.5 noscript:hidden">
      {SUGGESTIONS.map((suggestion) => (
        <li key={suggestion.label}>
          <button
            type="button"
            onClick={() => onPick(suggestion)}
            aria-label={`Add: ${suggestion.label}`}
            className="inline-flex min-h-8 items-center gap-1 rounded-full border border-line-strong bg-surface pr-3 pl-2 text-[13px] text-muted transition-colors hover:border-accent hover:bg-accent-soft hover:text-ink active:scale-[0.985] pointer-coarse:min-h-10"
          >
            <Plus aria-hidden className="size-3.5 text-accent-text" />
            {suggestion.label}
          </button>
        </li>
      ))}
    </ul>
  );
}
