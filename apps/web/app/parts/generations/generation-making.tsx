import { Form, Link, useNavigation } from '@remix-run/react';
import { isSettled } from '@repo/domain/generation/rules';
import type { Weather } from '@repo/domain/generation/schema';
import { Button, Notice, StepProgress } from '@repo/ui';
import type { ReactNode } from 'react';
import { useNow } from '#app/parts/page/use-now.ts';
import { tellState } from '#app/parts/remixes/tell-state.ts';
import type { FollowedGeneration } from '#app/parts/remixes/use-generation.ts';
import { useWeather } from '#app/parts/weather/use-weather.ts';
import { weatherOf } from '#app/parts/weather/weather-of.ts';
import { WeatherStrip } from '#app/parts/weather/weather-strip.tsx';
import { Said } from './said.tsx';
import { TriedModels } from './tried-models.tsx';

export type GenerationMakingProps = {
  followed: FollowedGeneration;
  weather: readonly Weather[];
  here: string;
  /** Why cancelling did not work. */
  refusal: string | null;
  /** What is being made: "the remix". */
  noun: string;
  /** Where it is found later. */
  found: { to: string; label: string };
  /** What else can be done where nothing came of it. */
  children?: ReactNode;
};

/** How the making of something goes, as it is, with a way to stop it. Its page must take `intent=cancel`. */
export function GenerationMaking(props: GenerationMakingProps) {
  const { here, refusal, noun, found, children } = props;
  const { generation, failure } = props.followed;
  const { status, cancelRequested, model, kind, tried, said } = generation;
  const now = useNow(status === 'retrying');
  const isOpen = !isSettled(status);
  const isCancelling = useNavigation().formData?.get('intent') === 'cancel' || cancelRequested;
  const doing = weatherOf(useWeather(props.weather, { isWaiting: isOpen }), model, kind);
  return (
    <div className="grid grid-cols-1 gap-3 rounded-xl border border-line bg-surface p-4 sm:p-5">
      <StepProgress
        status={tellState(generation, now)}
        actions={
          isOpen && (
            <Form method="post" replace preventScrollReset>
              <input type="hidden" name="intent" value="cancel" />
              <Button type="submit" size="sm" pending={isCancelling} pendingLabel="Stopping">
                Cancel
              </Button>
            </Form>
          )
        }
      />
      {isOpen && <WeatherStrip weather={doing ? [doing] : []} />}
      <TriedModels tried={tried} />
      <Said said={said} isInstead />
      {children}
      {isOpen && (
        <p className="text-[13px] text-muted">
          You can leave this page: it goes on without you, and you find it under{' '}
          <Link to={found.to} className="underline underline-offset-4 hover:text-ink">
            {found.label}
          </Link>
          .
        </p>
      )}
      {refusal && (
        <Notice tone="danger" live>
          {refusal}
        </Notice>
      )}
      {isOpen && failure && (
        <Notice tone="warning" live title="Not up to date">
          {failure.needsAccount ? (
            <>
              Your session has ended; {noun} goes on.{' '}
              <Link to={`/sign-in?to=${encodeURIComponent(here)}`} className="font-medium underline underline-offset-4">
                Sign in
              </Link>{' '}
              to see it.
            </>
          ) : (
            `We cannot be reached right now. ${noun.replace(/^./, (first) => first.toUpperCase())} goes on, and this page catches up by itself.`
          )}
        </Notice>
      )}
      {isOpen && (
        <noscript>
          <meta httpEquiv="refresh" content="3" />
        </noscript>
      )}
    </div>
  );
}
