// The door of every command: `node tooling/launcher/run.mjs <command>`. Runs on any Node from 18 on, before anything
// is installed; installs, then hands over to the TypeScript half on the pinned Node.
const COMMANDS = {
  start: 'launcher/start.ts',
  dev: 'launcher/dev.ts',
  test: 'launcher/test.ts',
  verify: 'launcher/verify.ts',
  bench: 'launcher/bench.ts',
  chaos: 'launcher/chaos.ts',
  attack: 'launcher/attack.ts',
  rebuild: 'launcher/rebuild.ts',
  policy: 'policy/write-policy.ts',
  backup: 'launcher/backup.ts',
  restore: 'launcher/restore.ts',
  'keys:rotate': 'launcher/rotate-keys.ts',
  screenshot: 'screenshot/take-screenshot.ts',
  'storage:setup': 'launcher/storage-setup.ts',
  'check:extend': 'launcher/check-extend.ts',
};

const [command, ...args] = process.argv.slice(2);
const major = Number(process.versions.node.split('.')[0]);

if (major < 18) {
  console.error(`Remixify needs Node 18 or newer to start, and this is Node ${process.versions.node}.`);
  console.error('Any newer one will do (it brings its own for the rest): https://nodejs.org');
  process.exitCode = 1;
} else if (!Object.hasOwn(COMMANDS, command)) {
  console.error(`Unknown command "${command ?? ''}". There are: ${Object.keys(COMMANDS).join(', ')}.`);
  process.exitCode = 1;
} else {
  const { ensureInstalled } = await import('./install.mjs');
  const { handOver } = await import('./hand-over.mjs');
  process.exitCode = (await ensureInstalled()) ? await handOver(COMMANDS[command], args) : 1;
}
