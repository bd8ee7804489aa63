import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useRevalidator } from '@remix-run/react';
import { apiFor, paramsOf, submit } from '@repo/runtime';
import { FormRefusal } from '@repo/runtime/pages';
import { Breadcrumbs, Button, buttonStyles, Container, cn, EmptyState, Notice, PageHeader } from '@repo/ui';
import { Webhook } from 'lucide-react';
import { z } from 'zod';
import { requirePerson } from '#app/parts/accounts/require-person.server.ts';
import { ConfirmForm } from '#app/parts/page/confirm-form.tsx';
import { Moment } from '#app/parts/page/moment.tsx';
import { ShownNow } from '#app/parts/page/shown-now.tsx';
import { useEvery } from '#app/parts/page/use-every.ts';
import { FreshSecretNotice } from '#app/parts/settings/fresh-secret-notice.tsx';
import { WebhookState } from '#app/parts/settings/webhook-state.tsx';
import { Section } from '../settings/section.tsx';
import { toldOf } from '../settings_.webhooks/webhooks-form.ts';
import { ChangeForm } from './change-form.tsx';
import { DeliveryLog } from './delivery-log.tsx';
import { DONE, type Done, WebhookForm } from './webhook-form.ts';

export const meta: MetaFunction = () => [{ title: 'A webhook · Remixify' }, { name: 'robots', content: 'noindex' }];

const Params = z.object({ id: z.uuid() });

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { id } = paramsOf(Params, params);
  await requirePerson(request);
  const { searchParams } = new URL(request.url);
  const [cursor, done] = [searchParams.get('cursor'), searchParams.get('done') ?? ''];
  const api = await apiFor(request);
  const [webhook, deliveries, brands] = await Promise.all([
    api.webhooks.byId({ id }),
    api.webhooks.deliveries({ id, cursor, limit: 20 }),
    api.brands.mine(),
  ]);
  return {
    webhook,
    deliveries,
    brand: brands.find((brand) => brand.id === webhook.brandId)?.name ?? null,
    isOlder: cursor !== null,
    done: Object.hasOwn(DONE, done) ? (done as Done) : null,
  };
}

export { reloadWhenGone as shouldRevalidate } from '#app/parts/page/reload-when-gone.ts';

export async function action({ request, params }: ActionFunctionArgs) {
  const { id } = paramsOf(Params, params);
  return submit(request, WebhookForm, async (form) => {
    const { webhooks } = await apiFor(request);
    switch (form.intent) {
      case 'rotate': {
        const { url, secret } = await webhooks.rotate({ id });
        return data({ fresh: { url, secret } }, { headers: { 'cache-control': 'no-store' } });
      }
      case 'remove':
        await webhooks.remove({ id });
        throw redirect('/settings/webhooks?done=remove');
      case 'replay':
        await webhooks.replay({ id, deliveryId: form.deliveryId });
        break;
      case 'change':
        await webhooks.update({ id, ...toldOf(form) });
        break;
      case 'ping':
        await webhooks.ping({ id });
        break;
      default:
        await webhooks.update({ id, state: form.intent === 'pause' ? 'paused' : 'active' });
    }
    throw redirect(`/settings/webhooks/${id}?done=${form.intent}`);
  });
}

export default function WebhookPage() {
  const { webhook, deliveries, brand, isOlder, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const fresh = answer && 'fresh' in answer ? answer.fresh : null;
  const rejection = answer && 'values' in answer ? answer : null;
  const isActive = webhook.state === 'active';
  const here = `/settings/webhooks/${webhook.id}`;
  const { host } = new URL(webhook.url);
  const isUnsaved = rejection?.values['intent'] === 'change';
  const { revalidate } = useRevalidator();
  // Until the first answer is here; later tries are hours apart.
  const isAwaited = deliveries.items.some(({ state, attempts }) => state === 'waiting' && attempts.length === 0);
  useEvery(2_000, isActive && isAwaited && !answer, revalidate);
  return (
    <Container width="text" className="grid grid-cols-1 gap-6 pb-10">
      <div className="pt-6 sm:pt-8">
        <Breadcrumbs
          items={[
            { key: 'list', node: <Link to="/settings/webhooks">Webhooks</Link> },
            { key: 'here', node: host },
          ]}
        />
        <PageHeader
          title={<span className="break-all">{host}</span>}
          description={webhook.description || (brand ? `A webhook of ${brand}.` : 'A webhook of your own.')}
          className="pt-4 pb-0"
        />
      </div>
      {fresh && (
        <ShownNow of={fresh.secret}>
          <FreshSecretNotice url={fresh.url} secret={fresh.secret} />
        </ShownNow>
      )}
      {done && !answer && <Notice tone="success" live title={DONE[done]} />}
      {rejection && !isUnsaved && (
        <ShownNow of={rejection}>
          <FormRefusal message={rejection.message ?? Object.values(rejection.fields).flat()[0]} />
        </ShownNow>
      )}
      {webhook.stoppedBecause && (
        <Notice tone="danger" title="It was stopped.">
          {webhook.stoppedBecause}
        </Notice>
      )}

      <Section id="facts" title="How it stands">
        <dl className="grid gap-3 text-sm [&_dt]:text-muted">
          <div>
            <dt>State</dt>
            <dd className="flex flex-wrap items-center gap-2">
              <WebhookState of={webhook} />
              {webhook.failingSince && (
                <span>
                  No delivery has worked since <Moment at={webhook.failingSince} to="minute" />.
                </span>
              )}
            </dd>
          </div>
          <div>
            <dt>Address</dt>
            <dd className="break-all">{webhook.url}</dd>
          </div>
          <div>
            <dt>Belongs to</dt>
            <dd>{brand ?? 'You'}</dd>
          </div>
          <div>
            <dt>Events</dt>
            <dd className="break-words">{webhook.types.join(', ')}</dd>
          </div>
          <div>
            <dt>Made</dt>
            <dd>
              <Moment at={webhook.createdAt} to="minute" />
            </dd>
          </div>
          {webhook.previousSecretUntil && (
            <div>
              <dt>The old secret signs too until</dt>
              <dd>
                <Moment at={webhook.previousSecretUntil} to="minute" />
              </dd>
            </div>
          )}
        </dl>
        <div className="flex flex-wrap items-start gap-2">
          <Form method="post" action={here} className="flex flex-wrap gap-2">
            <Button type="submit" name="intent" value={isActive ? 'pause' : 'resume'} size="sm">
              {isActive ? 'Pause' : 'Let it go on'}
            </Button>
            {isActive && (
              <Button type="submit" name="intent" value="ping" size="sm">
                Send a test message
              </Button>
            )}
          </Form>
          <ConfirmForm
            fields={{ intent: 'rotate' }}
            label="Rotate the secret"
            title="Rotate the secret?"
            description="You get a new secret. The old one signs too for 24 hours, so that nothing is missed."
            confirmLabel="Rotate the secret"
          />
          <ConfirmForm
            fields={{ intent: 'remove' }}
            label="Delete"
            title="Delete this webhook?"
            description="Its log and whatever waits go with it. This cannot be undone."
            confirmLabel="Delete the webhook"
          />
        </div>
      </Section>

      <Section id="change" title="Change it" lead="Its secret and its log stay.">
        <details open={isUnsaved || undefined}>
          <summary className={cn(buttonStyles({ size: 'sm' }), 'w-fit cursor-pointer list-none')}>
            Change the address, the description or the events
          </summary>
          <div className="pt-5">
            <ChangeForm key={done ?? ''} webhook={webhook} rejection={isUnsaved ? rejection : null} />
          </div>
        </details>
      </Section>

      <Section id="log" title="What was sent" lead="Kept for 30 days, with the beginning of each answer.">
        {deliveries.items.length > 0 ? (
          <DeliveryLog deliveries={deliveries.items} canReplay={isActive} />
        ) : (
          <EmptyState media={<Webhook />} title={isOlder ? 'Nothing older' : 'Nothing yet'} className="py-6">
            {isOlder ? 'All of it was shown before.' : 'As soon as something happens, what is sent stands here.'}
          </EmptyState>
        )}
        {(isOlder || deliveries.nextCursor) && (
          <nav aria-label="More deliveries" className="flex flex-wrap justify-between gap-3">
            {isOlder && (
              <Button variant="outline" asChild>
                <Link to={here}>Back to the newest</Link>
              </Button>
            )}
            {deliveries.nextCursor && (
              <Button variant="outline" asChild className="ml-auto">
                <Link to={`${here}?cursor=${encodeURIComponent(deliveries.nextCursor)}`}>Older</Link>
              </Button>
            )}
          </nav>
        )}
      </Section>
    </Container>
  );
}
