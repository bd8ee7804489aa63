const ENDS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const;

/**
 * When somebody stops us, `end` runs before this process is gone. Call what it returns once nothing is left to end:
 * until then the process stays.
 */
export function onSignals(end: () => Promise<unknown>): () => void {
  const stop = () => void end().finally(() => process.exit(130));
  for (const event of ENDS) process.once(event, stop);
  return () => {
    for (const event of ENDS) process.off(event, stop);
  };
}
