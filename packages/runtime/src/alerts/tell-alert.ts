import { readAlert } from '@repo/domain/alerts/read-alerts';
import type { AlertView } from '@repo/domain/alerts/schema';
import type { SystemContext } from '@repo/domain/context';
import { tellAlertJob } from '@repo/domain/job-definitions';
import { type AnyJob, handleJob } from '@repo/jobs';
import { operatorFetch } from '@repo/outbound/operator';
import { composeMail } from '../mail/compose-mail.ts';
import type { Mailer } from '../mail/create-mailer.ts';

export type AlertRoom = { mailTo: readonly string[]; webhookUrl: string | undefined; adminUrl: string; mailer: Mailer };
type News = 'opened' | 'goes_on' | 'closed';

const PATIENCE_MS = 10_000;
const TITLES = { opened: 'Alert', goes_on: 'Still wrong', closed: 'All clear' } satisfies Record<News, string>;

/** By which ways this installation tells of alerts. */
export const alertChannels = ({ ALERT_MAIL, ALERT_WEBHOOK_URL }: Record<string, unknown>): ('mail' | 'webhook')[] => [
  ...(ALERT_MAIL ? (['mail'] as const) : []),
  ...(ALERT_WEBHOOK_URL ? (['webhook'] as const) : []),
];

/** The job that tells somebody of an alert, by mail or by webhook; tried again by the queue until it is taken. */
export const tellAlert = (room: AlertRoom): AnyJob =>
  handleJob(tellAlertJob, async (ctx: SystemContext, { alertId, what, channel }) => {
    const alert = await readAlert(ctx, alertId);
    // What ended while the mail server was away needs no alarm any more: its all-clear comes by itself.
    if (!alert || (what !== 'closed' && alert.closedAt)) return;
    if (channel === 'mail') await mailAlert(room, alert, what);
    else await postAlert(room, alert, what);
  });

async function mailAlert({ mailTo, mailer, adminUrl }: AlertRoom, alert: AlertView, news: News): Promise<void> {
  const since = `Since ${alert.openedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
  for (const to of mailTo) {
    await mailer.send(
      composeMail({
        to,
        subject: `${TITLES[news]}: ${alert.what}`.slice(0, 150),
        lines: news === 'closed' ? [`It is over: ${alert.what}`, since] : [alert.what, since, alert.todo],
        buttons: [{ label: 'See all alerts', url: `${adminUrl}/alerts` }],
      }),
    );
  }
}

async function postAlert({ webhookUrl, adminUrl }: AlertRoom, alert: AlertView, news: News): Promise<void> {
  if (!webhookUrl) return;
  const { id, key, rule, severity, what, todo, openedAt, closedAt } = alert;
  const answer = await operatorFetch()(webhookUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ news, id, key, rule, severity, what, todo, openedAt, closedAt },
      // What chat programs show of it.
      text: `${TITLES[news]}: ${what}`,
      url: `${adminUrl}/alerts`,
    }),
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`the webhook for alerts answered ${answer.status}`);
}
