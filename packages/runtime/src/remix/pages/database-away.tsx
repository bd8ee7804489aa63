import { useLocation, useRevalidator } from '@remix-run/react';
import { Button, ErrorState, Field, Textarea } from '@repo/ui';
import { useEffect } from 'react';
import { useRequestInfo } from './request-info.tsx';

const TRY_AGAIN_MS = 5_000;

/** Our records cannot be reached. Tries again by itself, and gives back what was typed. */
export function DatabaseAway({ requestId }: { requestId?: string | undefined }) {
  const { pathname, search } = useLocation();
  const { typed } = useRequestInfo();
  const revalidator = useRevalidator();
  const here = pathname + search;
  const hasTyped = typed.length > 0;

  // Only a page that was read may be asked for again; a form is sent again by a person.
  useEffect(() => {
    if (hasTyped) return;
    const timer = setInterval(() => revalidator.state === 'idle' && revalidator.revalidate(), TRY_AGAIN_MS);
    return () => clearInterval(timer);
  }, [hasTyped, revalidator]);

  return (
    <ErrorState
      code={503}
      headingLevel="h1"
      title="The database is away"
      charged="Nothing. Credits move only together with what they pay for."
      next={
        hasTyped
          ? 'Your text is below. Send it again in a moment, or copy it somewhere safe.'
          : 'Wait a moment: this page tries again every few seconds by itself.'
      }
      actions={
        !hasTyped && (
          <Button variant="primary" asChild>
            <a href={here}>Try now</a>
          </Button>
        )
      }
      requestId={requestId}
    >
      {!hasTyped && (
        <noscript>
          <meta httpEquiv="refresh" content="5" />
        </noscript>
      )}
      <p>We cannot reach our records right now. Nothing is lost: everything that was saved is still there.</p>
      {hasTyped && (
        <form method="post" action={here} className="mt-4 grid gap-3">
          {typed.map(([name, value], n) =>
            value.length > 0 && isForPeople(name) ? (
              <Field key={`${name}-${n}`} label={labelFor(name)}>
                <Textarea name={name} defaultValue={value} rows={value.length > 80 ? 4 : 1} />
              </Field>
            ) : (
              <input key={`${name}-${n}`} type="hidden" name={name} value={value} />
            ),
          )}
          <Button type="submit" variant="primary" className="justify-self-start">
            Send again
          </Button>
        </form>
      )}
    </ErrorState>
  );
}

/** Keys and ids go along unseen: nobody typed them. */
const isForPeople = (name: string) => !/(^|[-_])(id|key|intent|to)$|Id$|Key$/.test(name);

const labelFor = (name: string) => {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
