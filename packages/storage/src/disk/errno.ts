/** True where the operating system answered with one of these codes. */
export function isErrno(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** Nothing is there, or what should be a folder is a file. */
export function isAbsence(error: unknown): boolean {
  return isErrno(error, 'ENOENT', 'ENOTDIR');
}
