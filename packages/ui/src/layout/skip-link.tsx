/** First thing in `<body>`: leads keyboards past the chrome to the element whose id is `target`. */
export function SkipLink({ target = 'main', label = 'Skip to content' }: { target?: string; label?: string }) {
  return (
    <a
      href={`#${target}`}
      className="fixed top-3 left-3 z-60 -translate-y-20 rounded-lg bg-ink px-4 py-2.5 text-sm font-medium text-canvas focus-visible:translate-y-0"
    >
      {label}
    </a>
  );
}
