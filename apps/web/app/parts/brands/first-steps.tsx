import { Link } from '@remix-run/react';
import { Button, EmptyState } from '@repo/ui';
import { Flag } from 'lucide-react';

export type FirstStepsProps = {
  /** Somebody with an account looks at it. */
  isSignedIn: boolean;
};

/** The feed of an installation in which nothing was published yet: the way to its first ad. */
export function FirstSteps({ isSignedIn }: FirstStepsProps) {
  return (
    <EmptyState
      media={<Flag />}
      title="Nothing here yet: yours is the first"
      actions={
        <>
          <Button variant="primary" asChild>
            <Link to={isSignedIn ? '/welcome' : '/sign-up?to=%2Fwelcome'}>
              {isSignedIn ? 'Make the first ad' : 'Sign up and make the first ad'}
            </Link>
          </Button>
          {!isSignedIn && (
            <Button variant="ghost" asChild>
              <Link to="/sign-in?to=%2Fwelcome">I have an account</Link>
            </Button>
          )}
        </>
      }
    >
      Two steps: name a brand, add a picture. Then it stands here for everybody to remix.
    </EmptyState>
  );
}
