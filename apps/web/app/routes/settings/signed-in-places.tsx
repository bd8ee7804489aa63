import { Form } from '@remix-run/react';
import type { SignedInPlace } from '@repo/domain/accounts/schema';
import { Badge, Button } from '@repo/ui';
import { Moment } from '#app/parts/page/moment.tsx';
import { describeAddress, describePlace } from './describe-place.ts';

/** Where somebody is signed in, each place with its way out. */
export function SignedInPlaces({ places }: { places: SignedInPlace[] }) {
  return (
    <>
      <ul className="divide-y divide-line border-y border-line">
        {places.map((place) => (
          <li key={place.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
            <div className="grid min-w-0 gap-0.5">
              <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                {describePlace(place.userAgent)}
                {place.isCurrent && <Badge tone="success">This one</Badge>}
                {place.keepSignedIn && <Badge>Kept signed in</Badge>}
              </p>
              <p className="text-[13px] break-words text-muted">
                {place.ipAddress && <>{describeAddress(place.ipAddress)} · </>}
                Last used <Moment at={place.lastSeenAt} to="minute" />
              </p>
            </div>
            {!place.isCurrent && (
              <Form method="post">
                <input type="hidden" name="sessionId" value={place.id} />
                <Button type="submit" name="intent" value="revoke" size="sm" variant="outline">
                  Sign out<span className="sr-only"> {describePlace(place.userAgent)}</span>
                </Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        {places.length > 1 && (
          <Form method="post">
            <Button type="submit" name="intent" value="revoke-others">
              Sign out everywhere else
            </Button>
          </Form>
        )}
        <Form method="post" action="/sign-out">
          <Button type="submit">Sign out here</Button>
        </Form>
      </div>
    </>
  );
}
