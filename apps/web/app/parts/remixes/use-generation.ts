import { isSettled } from '@repo/domain/generation/rules';
import type { GenerationView } from '@repo/domain/generation/schema';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '#app/parts/api/api-client.ts';
import { type CallFailure, explainFailure } from '#app/parts/api/explain-failure.ts';
import { useLive } from '#app/parts/api/use-live.ts';

/** The place in the queue moves without events of one's own; a run tells of itself, so asking is only for lost ones. */
const ASK_WAITING_MS = 2_000;
const ASK_RUNNING_MS = 5_000;
const ASK_AFTER_FAILURE_MS = 4_000;

export type FollowedGeneration = {
  generation: GenerationView;
  /** Why the last look at it failed; null while what is shown is fresh. */
  failure: CallFailure | null;
};

/**
 * Follows a generation to its end: events as they come, and a look at the truth whenever one may have been missed (a
 * reconnect, a tab that slept, a place in the queue that moved). `onSettled` is called once, when it ends.
 */
export function useGeneration(read: GenerationView, onSettled: () => void): FollowedGeneration {
  const [generation, setGeneration] = useState(read);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const asked = useRef(0);
  const settle = useRef(onSettled);
  useEffect(() => {
    settle.current = onSettled;
  });
  // The page was read anew: that is newer than whatever was followed.
  useEffect(() => {
    asked.current += 1;
    setGeneration(read);
  }, [read]);

  const { id } = read;
  const look = useCallback(async () => {
    const mine = ++asked.current;
    try {
      const seen = await api.generation.byId.query({ id });
      if (mine !== asked.current) return;
      setGeneration(seen);
      setFailure(null);
    } catch (error) {
      if (mine === asked.current) setFailure(explainFailure(error));
    }
  }, [id]);

  useLive(
    { noun: 'generation', nounId: id },
    ({ verb, payload }) => {
      if (verb !== 'progress' && verb !== 'running') return void look();
      asked.current += 1;
      setGeneration((before) => (isSettled(before.status) ? before : { ...before, ...progressOf(payload) }));
    },
    () => void look(),
  );

  const { status } = generation;
  const isOver = isSettled(status);
  const wasOver = isSettled(read.status);
  useEffect(() => {
    if (isOver && !wasOver) settle.current();
  }, [isOver, wasOver]);

  // What happened between the page's making and now was told to nobody here.
  useEffect(() => {
    if (!wasOver) void look();
  }, [wasOver, look]);

  useEffect(() => {
    if (isOver) return;
    const pause = failure ? ASK_AFTER_FAILURE_MS : status === 'running' ? ASK_RUNNING_MS : ASK_WAITING_MS;
    const timer = setInterval(() => !document.hidden && void look(), pause);
    const wake = () => !document.hidden && void look();
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('online', wake);
    window.addEventListener('pageshow', wake);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('online', wake);
      window.removeEventListener('pageshow', wake);
    };
  }, [isOver, status, failure, look]);

  return { generation, failure };
}

/** What an event tells of a run. Its fields are checked: an older page meets events of a newer server. */
function progressOf(payload: Record<string, unknown>): Partial<GenerationView> {
  const { progress, doing } = payload;
  return {
    status: 'running',
    place: null,
    lastError: null,
    nextTryAt: null,
    ...(typeof progress === 'number' ? { progress: Math.min(1, Math.max(0, progress)) } : {}),
    ...(typeof doing === 'string' ? { doing } : {}),
  };
}
