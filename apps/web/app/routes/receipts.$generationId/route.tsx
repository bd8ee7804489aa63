import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { type ClientActionFunctionArgs, Link, useActionData, useLoaderData, useRevalidator } from '@remix-run/react';
import { isSettled } from '@repo/domain/generation/rules';
import type { GenerationView } from '@repo/domain/generation/schema';
import { apiFor, paramsOf, type Rejection, submit } from '@repo/runtime';
import { Badge, Breadcrumbs, Container } from '@repo/ui';
import { z } from 'zod';
import { GenerationMaking } from '#app/parts/generations/generation-making.tsx';
import { kindText, statusWords } from '#app/parts/generations/kind-words.ts';
import { Said } from '#app/parts/generations/said.tsx';
import { TriedModels } from '#app/parts/generations/tried-models.tsx';
import { answerOrSentence } from '#app/parts/page/answer-or-sentence.ts';
import { firstWords } from '#app/parts/page/page-meta.ts';
import { useArrivalFocus } from '#app/parts/page/use-arrival-focus.ts';
import { useSession } from '#app/parts/page/use-session.ts';
import { History } from '#app/parts/receipts/history.tsx';
import { MadeResult } from '#app/parts/receipts/made-result.tsx';
import { ReceiptSlip } from '#app/parts/receipts/receipt-slip.tsx';
import { tellHistory } from '#app/parts/receipts/tell-history.ts';
import { payerName } from '#app/parts/receipts/way-of.ts';
import { ModelNotes } from '#app/parts/remixes/model-notes.tsx';
import { PromptQuote } from '#app/parts/remixes/prompt-quote.tsx';
import { useGeneration } from '#app/parts/remixes/use-generation.ts';

const Params = z.object({ generationId: z.uuid() });
const CancelForm = z.object({ intent: z.literal('cancel') });

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { generationId: id } = paramsOf(Params, params);
  const caller = await apiFor(request);
  const [generation, receipt, weather] = await Promise.all([
    caller.generation.byId({ id }),
    caller.generation.receipt({ id }),
    caller.generation.weather(),
  ]);
  return { generation: withoutNumbers(generation), receipt, weather };
}

/** Nobody reads a hundred times 1,536 numbers: how many there are is enough. */
function withoutNumbers(generation: GenerationView): GenerationView {
  const { output } = generation;
  if (output?.kind !== 'text.embed') return generation;
  return { ...generation, output: { ...output, vectors: output.vectors.map(() => []) } };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { generationId: id } = paramsOf(Params, params);
  const caller = await apiFor(request);
  return submit(request, CancelForm, async () => {
    await caller.generation.cancel({ id });
    return redirect(`/receipts/${id}`);
  });
}

export const clientAction = ({ request, serverAction }: ClientActionFunctionArgs) =>
  answerOrSentence(request, serverAction);

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Receipt: ${firstWords(data.receipt.prompt, 50)} · Remixify` : 'No such receipt · Remixify' },
  { name: 'robots', content: 'noindex' },
];

export default function ReceiptPage() {
  const { generation: read, receipt, weather } = useLoaderData<typeof loader>();
  const rejection = (useActionData<typeof action>() ?? null) as Rejection | null;
  const revalidator = useRevalidator();
  const followed = useGeneration(read, () => revalidator.revalidate());
  const { generation } = followed;
  const heading = useArrivalFocus<HTMLHeadingElement>();
  const here = `/receipts/${read.id}`;
  const { text, tone } = statusWords(generation.status);
  const { output, status } = read;
  const payer = payerName(receipt, useSession()?.person?.name);
  return (
    <Container className="py-6 sm:py-8">
      <Breadcrumbs
        items={[
          { key: 'credits', node: <Link to="/credits">Credits</Link> },
          { key: 'here', node: 'Receipt' },
        ]}
        className="pb-4"
      />
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid grid-cols-1 gap-6">
          <header className="grid grid-cols-1 gap-3">
            <div className="flex flex-wrap items-center gap-2">
              <h1 ref={heading} tabIndex={-1} className="text-2xl font-semibold text-balance outline-none">
                {kindText(receipt.kind)}
              </h1>
              <Badge tone={tone}>{text}</Badge>
            </div>
            <PromptQuote prompt={receipt.prompt} />
          </header>
          {generation.status !== 'done' && (
            <GenerationMaking
              followed={followed}
              weather={weather}
              here={here}
              refusal={rejection?.message ?? null}
              noun="this"
              found={{ to: '/credits', label: 'Credits' }}
            />
          )}
          {output && <MadeResult output={output} alt={firstWords(receipt.prompt, 160)} />}
          {status === 'done' && !output && (
            <p className="rounded-xl bg-sunken p-6 text-center text-sm text-muted">
              What it made was deleted since. The receipt stays.
            </p>
          )}
          {status === 'done' && <Said said={read.said} isInstead={false} />}
          <ModelNotes notes={read.notes} />
          <section aria-labelledby="why" className="grid gap-2">
            <h2 id="why" className="text-lg font-semibold">
              Why this model
            </h2>
            <p className="text-sm text-muted">{receipt.choice}</p>
            {isSettled(status) && status === 'done' && <TriedModels tried={receipt.tried} />}
            {receipt.reusedFrom && (
              <p className="text-sm text-muted">
                No model was asked: an equal request had been answered within a day.{' '}
                <Link to={`/receipts/${receipt.reusedFrom}`} className="underline underline-offset-4 hover:text-ink">
                  The receipt of that one
                </Link>
              </p>
            )}
          </section>
          <section aria-labelledby="history" className="grid gap-4">
            <h2 id="history" className="text-lg font-semibold">
              What happened
            </h2>
            <History happenings={tellHistory(receipt, payer)} />
          </section>
        </div>
        <div className="lg:sticky lg:top-24">
          <ReceiptSlip receipt={receipt} payer={payer} />
        </div>
      </div>
    </Container>
  );
}
