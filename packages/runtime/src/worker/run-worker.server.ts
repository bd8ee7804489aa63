import type { WatchTools } from '@repo/domain/alerts/watch-over';
import type { SystemContext } from '@repo/domain/context';
import { openDesk } from '@repo/domain/generation/desk';
import { retirementWarnings } from '@repo/domain/generation/retirement';
import { jobs } from '@repo/domain/jobs';
import { openWebhookDesk } from '@repo/domain/webhooks/webhook-desk';
import { log } from '@repo/telemetry';
import { sendAccountMail } from '../accounts/index.server.ts';
import { lookAround } from '../alerts/look-around.ts';
import { alertChannels, tellAlert } from '../alerts/tell-alert.ts';
import { appVersion } from '../backup/app-version.ts';
import { takeDailyBackup } from '../backup/daily-backup.ts';
import { EnvError, readEnv } from '../env.ts';
import { followParent } from '../follow-parent.ts';
import { createMailer } from '../mail/create-mailer.ts';
import { tellWebhookStopped } from '../mail/tell-webhook-stopped.ts';
import { greetMemoryAgent, memoryAgent } from '../models/memory-agent.server.ts';
import { workerShelf } from '../models/worker-shelf.server.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { houseNumbersOf } from '../telemetry/read-house-numbers.ts';
import { metricsAnswerer, serveWorker } from '../telemetry/serve-metrics.ts';
import { startTelling } from '../telemetry/start-telling.ts';
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
    const sendLast = await startTelling('worker', env);
    const box = openToolbox(env, { isWorker: true });
    const ctx: SystemContext = {
      ...box.tools,
      models: workerShelf(env, box.tools.outside),
      actor: { kind: 'system', job: 'worker' },
    };
    const say = (line: string) => log.info(line);
    const mailer = createMailer({ smtpUrl: env.SMTP_URL, from: env.MAIL_FROM, dataDir: env.DATA_DIR, log: say });
    const letters = { appUrl: env.APP_URL, secret: env.SESSION_SECRET, mailer };
    const mail = sendAccountMail({ ...letters, db: box.authDb, now: ctx.now, log: say });
    const tellStopped = tellWebhookStopped({ appUrl: env.APP_URL, db: ctx.db, mailer });
    for (const warning of retirementWarnings(ctx.models, ctx.now())) log.warn(warning);
    const alerts = tellAlert({
      mailTo: env.ALERT_MAIL ?? [],
      webhookUrl: env.ALERT_WEBHOOK_URL,
      adminUrl: env.ADMIN_URL,
      mailer,
    });
    const places = { folders: [env.DATA_DIR], backups: env.BACKUP_KEEP_DAYS > 0 ? env.BACKUP_DIR : null };
    const watch: WatchTools = { channels: alertChannels(env), lookAround: () => lookAround(places, ctx) };
    const metrics = createMetrics({ app: 'worker', pools: ctx.db.use, house: houseNumbersOf(ctx.db) });
    if (env.WORKER_PORT) {
      const answer = metricsAnswerer(metrics.registry, { token: env.METRICS_TOKEN });
      serveWorker(env.WORKER_PORT, env.HOST, answer).on('error', (error) => log.error('WORKER_PORT', { error }));
    }
    const agent = memoryAgent(env);
    if (agent) void greetMemoryAgent(agent, say);
    void watchLoop((line) => log.error(line));
    const desk = openDesk(ctx, SEATS);
    const backup = takeDailyBackup({
      databaseUrl: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
      store: ctx.store,
      backups: env.BACKUP_DIR,
      keepDays: env.BACKUP_KEEP_DAYS,
      appVersion: appVersion(),
      now: ctx.now,
      log: say,
    });
    const webhooks = openWebhookDesk(ctx);
    await ctx.queue.work([...jobs, mail, alerts, backup, tellStopped], { ...ctx, desk, watch });
    log.info('worker runs');

    let isStopping = false;
    const stop = async () => {
      // Somebody who asks twice does not want to wait.
      if (isStopping) process.exit(1);
      isStopping = true;
      await Promise.all([desk.stop(), webhooks.stop(), ctx.queue.stop(LAST_CHANCE_MS)]);
      await Promise.all([box.close(), sendLast()]);
      process.exit(0);
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
    followParent(stop);
  } catch (error) {
    if (error instanceof EnvError) log.error(error.message);
    else log.error('could not start', { error });
    process.exit(1);
  }
}
