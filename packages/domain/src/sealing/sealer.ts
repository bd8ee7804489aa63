/** The one row and column in which a sealed value opens; copied elsewhere it stays shut. */
export type SealedPlace = { table: string; column: string; id: string };

/** Encrypts what nobody may read who holds only the database. */
export type Sealer = {
  /** The version of the key that seals now. */
  readonly newest: number;
  seal(text: string, place: SealedPlace): string;
  /** @throws Error where no key of ours opens it, or it was sealed for another place. */
  open(sealed: string, place: SealedPlace): string;
};

/** `v<version of the key>.<iv>.<tag>.<data>` */
const SEALED = /^v(\d+)\.[\w-]+\.[\w-]+\.[\w-]*$/;

export const isSealed = (text: string): boolean => SEALED.test(text);

/** The version of the key that a value is sealed with, or null for plain text. */
export const versionOf = (text: string): number | null => {
  const version = SEALED.exec(text)?.[1];
  return version === undefined ? null : Number(version);
};

/** Opens what may have been written before its column was sealed. */
export const openOrPlain = (sealer: Sealer, text: string, place: SealedPlace): string =>
  isSealed(text) ? sealer.open(text, place) : text;
