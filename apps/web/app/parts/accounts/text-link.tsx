import { Link, type LinkProps } from '@remix-run/react';

export function TextLink(props: Omit<LinkProps, 'className'>) {
  return (
    <Link
      {...props}
      className="rounded-sm font-medium text-accent-text underline decoration-accent-text/40 underline-offset-4 hover:decoration-current"
    />
  );
}
