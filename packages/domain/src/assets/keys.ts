import type { Variant } from './rules.ts';

/** Bytes as they came, until they were looked at. Never served. */
export const incomingKey = (assetId: string): string => `incoming/${assetId}`;

export const assetFolder = (assetId: string, isPublic: boolean): string =>
  `${isPublic ? 'public' : 'private'}/${assetId}/`;

/** Keys carry no extension for `full`, whose type differs; the store keeps the type beside the bytes. */
export const variantKey = (assetId: string, variant: Variant, isPublic: boolean): string =>
  `${assetFolder(assetId, isPublic)}${variant}`;

/** The film itself, beside the variants of the picture that stands for it. */
export const filmKey = (assetId: string, isPublic: boolean): string => `${assetFolder(assetId, isPublic)}film`;

export const soundKey = (assetId: string, isPublic: boolean): string => `${assetFolder(assetId, isPublic)}sound`;

/** What is known of a sound, beside it. */
export const soundFactsKey = (assetId: string): string => `${assetFolder(assetId, false)}sound.json`;
