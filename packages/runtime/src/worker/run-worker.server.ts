import type { SystemContext } from '@repo/domain/context';
import { openDesk } from '@repo/domain/generation/desk';
import { retirementWarnings } from '@repo/domain/generation/retirement';
import { jobs } from '@repo/domain/jobs';
import { sendAccountMail } from '../accounts/index.server.ts';
import { appVersion } from '../backup/app-version.ts';
import { takeDailyBackup } from '../backup/daily-backup.ts';
import { EnvError, readEnv } from '../env.ts';
import { followParent } from '../follow-parent.ts';
import { createMailer } from '../mail/create-mailer.ts';
import { greetMemoryAgent, memoryAgent } from '../models/memory-agent.server.ts';
import { workerShelf } from '../models/worker-shelf.server.ts';
import { openToolbox, settled } from '../tools.server.ts';
import { watchLoop } from './watch-loop.ts';

/** Jobs that run when the worker is asked to stop get this long; then they are given back. */
const LAST_CHANCE_MS = 30_000;
/** Our own models work on this machine; others only wait for an answer. */
const SEATS = { default: 8, local: 2 };

/** Runs every job there is until SIGTERM, SIGINT or the end of the launcher. */
export async function runWorker(): Promise<void> {
  try {
    const env = settled(readEnv(process.env));
    const box = openToolbox(env, { isWorker: true });
    const ctx: SystemContext = { ...box.tools, models: workerShelf(env), actor: { kind: 'system', job: 'worker' } };
    const log = (line: string) => console.log(line);
    const mailer = createMailer({ smtpUrl: env.SMTP_URL, from: env.MAIL_FROM, dataDir: env.DATA_DIR, log });
    const mail = sendAccountMail({ appUrl: env.APP_URL, db: box.authDb, mailer, now: ctx.now, log });
    for (const warning of retirementWarnings(ctx.models, ctx.now())) console.warn(warning);
    const agent = memoryAgent(env);
    if (agent) void greetMemoryAgent(agent, log);
    void watchLoop((line) => console.error(line));
    const desk = openDesk(ctx, SEATS);
    const backup = takeDailyBackup({
      databaseUrl: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
      store: ctx.store,
      backups: env.BACKUP_DIR,
      keepDays: env.BACKUP_KEEP_DAYS,
      appVersion: appVersion(),
      now: ctx.now,
      log,
    });
    await ctx.queue.work([...jobs, mail, backup], { ...ctx, desk });
    console.log('worker runs');

    let isStopping = false;
    const stop = async () => {
      // Somebody who asks twice does not want to wait.
      if (isStopping) process.exit(1);
      isStopping = true;
      await Promise.all([desk.stop(), ctx.queue.stop(LAST_CHANCE_MS)]);
      await box.close();
      process.exit(0);
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
    followParent(stop);
  } catch (error) {
    console.error(error instanceof EnvError ? error.message : error);
    process.exit(1);
  }
}
