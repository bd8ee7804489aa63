import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { mayAs } from '@repo/domain/permissions/rules';
import { apiFor, submit } from '@repo/runtime';
import { Container, EmptyState, Notice, PageHeader } from '@repo/ui';
import { Webhook } from 'lucide-react';
import { requirePerson } from '#app/parts/accounts/require-person.server.ts';
import { ShownNow } from '#app/parts/page/shown-now.tsx';
import { FreshSecretNotice } from '#app/parts/settings/fresh-secret-notice.tsx';
import { SettingsNav } from '#app/parts/settings/settings-nav.tsx';
import { WebhookState } from '#app/parts/settings/webhook-state.tsx';
import { Section } from '../settings/section.tsx';
import { MakeWebhookForm } from './make-webhook-form.tsx';
import { createInputOf, WebhooksForm } from './webhooks-form.ts';

export const meta: MetaFunction = () => [{ title: 'Webhooks · Remixify' }, { name: 'robots', content: 'noindex' }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePerson(request);
  const api = await apiFor(request);
  const managed = (await api.brands.mine()).filter(({ role }) => mayAs(role, 'manage_webhooks'));
  const owners = [{ id: null, name: '' }, ...managed.map(({ id, name }) => ({ id, name }))];
  const groups = await Promise.all(
    owners.map(async ({ id, name }) => ({ id, name, webhooks: await api.webhooks.list({ brandId: id }) })),
  );
  return {
    groups,
    brands: managed.map(({ id, name }) => ({ id, name })),
    formKey: crypto.randomUUID(),
    isRemoved: new URL(request.url).searchParams.get('done') === 'remove',
  };
}

export const action = ({ request }: ActionFunctionArgs) =>
  submit(request, WebhooksForm, async (form) => {
    const { id, url, secret } = await (await apiFor(request)).webhooks.create(createInputOf(form));
    // Not a redirect: an address cannot carry a secret, and nothing of ours keeps one.
    return data({ fresh: { id, url, secret } }, { headers: { 'cache-control': 'no-store' } });
  });

/** Your own are shown even when there are none; of brands, those that have some. */
const isShown = ({ id, webhooks }: { id: string | null; webhooks: unknown[] }) => id === null || webhooks.length > 0;

export default function WebhooksPage() {
  const { groups, brands, formKey, isRemoved } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const fresh = answer && 'fresh' in answer ? answer.fresh : null;
  const rejection = answer && 'values' in answer ? answer : null;
  return (
    <Container width="text" className="grid gap-6 pb-10">
      <PageHeader
        title="Webhooks"
        description="We send a signed message to your address when something happens."
        className="pb-0"
      />
      <SettingsNav />
      {fresh && (
        <ShownNow of={fresh.secret}>
          <FreshSecretNotice url={fresh.url} secret={fresh.secret} />
        </ShownNow>
      )}
      {isRemoved && !answer && <Notice tone="success" live title="The webhook is deleted, with its log." />}
      <Section
        id="make"
        title="Make a webhook"
        lead="Its secret is shown once. Answer our messages with 2xx within 10 seconds."
      >
        <MakeWebhookForm key={fresh?.id ?? 'form'} brands={brands} formKey={formKey} rejection={rejection} />
      </Section>
      {groups.filter(isShown).map(({ id, name, webhooks }) => (
        <Section
          key={id ?? 'mine'}
          id={`webhooks-${id ?? 'mine'}`}
          title={id ? `Webhooks of ${name}` : 'Your own webhooks'}
        >
          {webhooks.length > 0 ? (
            <ul className="divide-y divide-line border-y border-line">
              {webhooks.map((webhook) => (
                <li key={webhook.id} className="grid min-w-0 gap-1 py-4">
                  <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                    <Link to={`/settings/webhooks/${webhook.id}`} className="min-w-0 break-all underline">
                      {webhook.url}
                    </Link>
                    <WebhookState of={webhook} />
                  </p>
                  {webhook.description && <p className="break-words text-sm">{webhook.description}</p>}
                  <p className="break-words text-[13px] text-muted">{webhook.types.join(', ')}</p>
                </li>
              ))}
            </ul>
          ) : (
            <EmptyState media={<Webhook />} title="No webhooks yet" className="py-6">
              One that is made above is listed here.
            </EmptyState>
          )}
        </Section>
      ))}
    </Container>
  );
}
