/** A prompt just as it was typed: markup is text, lines stay lines. */
export function PromptQuote({ prompt }: { prompt: string }) {
  return (
    <blockquote
      // A long prompt scrolls in its own frame, which the keyboard must reach.
      tabIndex={[...prompt].length > 400 ? 0 : undefined}
      aria-label="Prompt"
      className="max-h-64 overflow-y-auto border-l-2 border-accent pl-4 text-[15px] leading-relaxed whitespace-pre-wrap [overflow-wrap:anywhere]"
    >
      {prompt}
    </blockquote>
  );
}
