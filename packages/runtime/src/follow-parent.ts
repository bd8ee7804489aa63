/**
 * Calls `shutdown` when the launcher that started this process is gone, even by `kill -9`: no process stays behind.
 * Does nothing for a process started by hand. `shutdown` must end the process.
 */
export function followParent(shutdown: () => void): void {
  if (!process.connected) return;
  process.once('disconnect', shutdown);
  // The channel alone must not keep a process alive that has nothing left to do.
  process.channel?.unref();
}
