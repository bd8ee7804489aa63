import { Link } from '@remix-run/react';
import { Button, Notice } from '@repo/ui';

export type RetirementNoticeProps = {
  /** A line for each model. */
  warnings: readonly string[];
  /** On another page than the catalogue: shows the way there. */
  hasLink?: boolean;
};

/** Vendors end models: who runs this must choose others in time. */
export function RetirementNotice({ warnings, hasLink }: RetirementNoticeProps) {
  if (warnings.length === 0) return null;
  return (
    <Notice
      tone="warning"
      title={warnings.length === 1 ? 'A model ends' : `${warnings.length} models end`}
      actions={
        hasLink && (
          <Button size="sm" asChild>
            <Link to="/models">See the catalogue</Link>
          </Button>
        )
      }
    >
      <ul className="grid gap-0.5">
        {warnings.map((line) => (
          <li key={line} className="[overflow-wrap:anywhere]">
            {line}.
          </li>
        ))}
      </ul>
      <p className="mt-1">
        Set another id for it in the environment, or switch it off with DISABLED_MODELS. The next start takes it up.
      </p>
    </Notice>
  );
}
