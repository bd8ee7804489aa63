import { Moment } from './moment.tsx';

/** Numbers are of a moment: this one. */
export function CountedAt({ at }: { at: Date }) {
  return (
    <p className="text-[13px] text-muted">
      Counted at <Moment at={at} to="second" />
    </p>
  );
}
