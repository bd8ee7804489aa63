import type { ShouldRevalidateFunction } from '@remix-run/react';

/** A refusal because of what another tab did (gone, or so already) also shows how things stand now. */
export const reloadWhenGone: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  defaultShouldRevalidate || actionStatus === 404 || actionStatus === 409;
