import { migrate } from '@repo/db';
import { checkSealing } from '@repo/runtime/sealing';

// A process of its own, so that the launcher does not keep the database library in memory for as long as it runs.
const url = process.env['DATABASE_DIRECT_URL'] ?? '';

try {
  await migrate(url);
  const keys = process.env['ENCRYPTION_KEYS'];
  if (!keys) throw new Error('ENCRYPTION_KEYS: is not set. "npm start" makes one; otherwise, set it yourself.');
  const { problems, warning } = await checkSealing(url, keys);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  if (warning) console.log(warning);
} catch (problem) {
  console.error(explain(problem as Error & { code?: string }));
  process.exitCode = 1;
}

function explain(problem: Error & { code?: string }): string {
  const { host, pathname, username } = new URL(url);
  const where = `DATABASE_URL: the database at ${host}`;
  switch (problem.code) {
    case 'ECONNREFUSED':
      return `${where} does not answer (connection refused). Is it running, and is the port right?`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${where} was not found: there is no machine of that name.`;
    case 'CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return `${where} does not answer within 10 s. Does a firewall stand in between?`;
    case '28P01':
    case '28000':
      return `${where} refuses the user "${username}": wrong password, or no such user.`;
    case '3D000':
      return `${where} has no database "${pathname.slice(1)}". Make it with: create database ${pathname.slice(1)}`;
    default:
      return problem.cause instanceof Error ? `${problem.message}\n${problem.cause.message}` : problem.message;
  }
}
