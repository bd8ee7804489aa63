import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../launcher/paths.ts';

/**
 * Everything git knows or would take, as it stands on disk, in another folder. What is installed is not copied: the
 * workspace's own links are relative and lead into the copy, all others into the installation they came from.
 */
export function copyRepository(to: string): void {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root });
  for (const file of listed.toString('utf8').split('\0').filter(Boolean)) {
    if (!existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(root, file), join(to, file));
  }
  symlinkSync(join(root, 'node_modules'), join(to, 'node_modules'));
  const rooms = execFileSync('git', ['ls-files', '-z', '*/package.json'], { cwd: root }).toString('utf8').split('\0');
  for (const room of rooms.filter(Boolean).map(dirname)) {
    const installed = join(root, room, 'node_modules');
    if (existsSync(installed))
      cpSync(installed, join(to, room, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  }
}
