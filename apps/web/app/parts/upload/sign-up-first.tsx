import { Link } from '@remix-run/react';
import { MONTHLY_CREDITS } from '@repo/domain/credits/rules';
import { Button, Card, Notice } from '@repo/ui';
import { BadgeCheck, ImagePlus, Sparkles } from 'lucide-react';
import { withReturnPath } from '#app/parts/accounts/return-path.ts';

const REASONS = [
  { Icon: ImagePlus, text: 'Your picture stands in the feed, under your brand’s name.' },
  { Icon: Sparkles, text: `Others remix it, and so can you: ${MONTHLY_CREDITS} credits each month, free.` },
  { Icon: BadgeCheck, text: 'You see what came of it: remixes, creators and credits, counted.' },
] as const;

export type SignUpFirstProps = {
  /** The page to come back to. */
  to: string;
  isGuest: boolean;
  /** A session of theirs has just ended. */
  hasLapsed: boolean;
};

/** For visitors and guests on a page that needs an account. */
export function SignUpFirst({ to, isGuest, hasLapsed }: SignUpFirstProps) {
  return (
    <Card padding="lg" className="grid max-w-xl gap-6">
      {hasLapsed && (
        <Notice tone="warning" title="Your session has ended">
          Sign in again: your picture and text wait in this tab.
        </Notice>
      )}
      <div className="grid gap-2">
        <h2 className="text-lg font-semibold">Sign up to publish an ad</h2>
        <p className="text-muted">
          It is free and takes a minute.{isGuest ? ' The remixes you made as a guest come along.' : ''} Afterwards you
          are back on this page.
        </p>
      </div>
      <ul className="grid gap-3">
        {REASONS.map(({ Icon, text }) => (
          <li key={text} className="flex items-start gap-3 text-sm">
            <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-accent-text" />
            {text}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button variant={hasLapsed ? 'outline' : 'primary'} asChild>
          <Link to={withReturnPath('/sign-up', to)}>Sign up</Link>
        </Button>
        <Button variant={hasLapsed ? 'primary' : 'ghost'} asChild>
          <Link to={withReturnPath('/sign-in', to)}>I have an account</Link>
        </Button>
      </div>
    </Card>
  );
}
