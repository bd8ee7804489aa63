import { type Db, transactAs, users, webhookEndpoints } from '@repo/db';
import { tellWebhookStoppedJob } from '@repo/domain/job-definitions';
import { handleJob } from '@repo/jobs';
import { eq } from 'drizzle-orm';
import { composeMail } from './compose-mail.ts';
import type { Mailer } from './create-mailer.ts';

/** Writes to whoever set a webhook up that it was stopped, and why. */
export const tellWebhookStopped = ({ appUrl, db, mailer }: { appUrl: string; db: Db; mailer: Mailer }) =>
  handleJob(tellWebhookStoppedJob, async (_context: unknown, { webhookId }) => {
    const [found] = await transactAs(db, { kind: 'system', job: tellWebhookStoppedJob.name }, (tx) =>
      tx
        .select({
          name: users.name,
          to: users.email,
          url: webhookEndpoints.url,
          state: webhookEndpoints.state,
          because: webhookEndpoints.stoppedBecause,
        })
        .from(webhookEndpoints)
        .innerJoin(users, eq(users.id, webhookEndpoints.ownerId))
        .where(eq(webhookEndpoints.id, webhookId)),
    );
    if (found?.state !== 'stopped') return;
    const mail = composeMail({
      to: found.to,
      subject: 'A webhook was stopped',
      lines: [
        `Hello ${found.name},`,
        `nothing is sent to ${new URL(found.url).host} any more. ${found.because ?? ''}`,
        'When it is well again, let it go on in the settings; what failed in the last 30 days can be sent again there.',
      ],
      buttons: [{ label: 'See the webhook', url: `${appUrl}/settings/webhooks/${webhookId}` }],
    });
    await mailer.send(mail);
  });
