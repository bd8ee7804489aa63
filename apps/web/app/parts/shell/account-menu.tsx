import { Link, useSubmit } from '@remix-run/react';
import type { Person } from '@repo/domain/accounts/schema';
import {
  Avatar,
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
  initialsOf,
} from '@repo/ui';
import { ChartColumn, Coins, LogOut, Settings, Sparkles } from 'lucide-react';

export function AccountMenu({ person, adminUrl }: { person: Person; adminUrl: string }) {
  const submit = useSubmit();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        {/* Before scripts arrive it leads to the settings, where everything in the menu can be reached. */}
        <a
          href="/settings"
          onClick={(event) => event.preventDefault()}
          // With the letters that are seen, so that whoever speaks to the browser can say them.
          aria-label={`Account of ${person.name}, ${initialsOf(person.name)}`}
          className="rounded-full transition-opacity hover:opacity-85"
        >
          <Avatar name={person.name} seed={person.id} />
        </a>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-60">
        <DropdownMenuLabel>
          <span className="block truncate text-sm font-medium text-ink">{person.name}</span>
          <span className="block truncate">{person.email}</span>
        </DropdownMenuLabel>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link to="/my-remixes">
            <Sparkles aria-hidden /> My remixes
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <Link to="/credits">
            <Coins aria-hidden /> Credits
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <a href={adminUrl}>
            <ChartColumn aria-hidden /> Brand numbers
          </a>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <Link to="/settings">
            <Settings aria-hidden /> Settings
          </Link>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => submit(null, { method: 'post', action: '/sign-out' })}>
          <LogOut aria-hidden /> Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
