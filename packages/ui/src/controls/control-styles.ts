/** What every box a person types into has in common. 16 px text on touch screens stops phones from zooming in. */
export const controlStyles =
  'block w-full rounded-lg border border-control bg-surface px-3 text-sm text-ink transition-[border-color,box-shadow] duration-150 hover:border-muted focus-visible:border-focus focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-sunken disabled:opacity-60 aria-invalid:border-danger pointer-coarse:text-base';
