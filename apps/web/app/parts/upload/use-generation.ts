import type { Receipt } from '@repo/domain/credits/schema';
import { isSettled } from '@repo/domain/generation/rules';
import type { GenerationView } from '@repo/domain/generation/schema';
import { useEffect, useRef, useState } from 'react';
import { api } from '#app/parts/api/api-client.ts';
import { type CallFailure, explainFailure } from '#app/parts/api/explain-failure.ts';
import { useLive } from '#app/parts/api/use-live.ts';

const LOOK_AGAIN_MS = 3_000;

export type FollowedGeneration = {
  generation: GenerationView | null;
  /** Once it is settled. */
  receipt: Receipt | null;
  /** Why nothing newer can be told right now. */
  trouble: CallFailure | null;
};

/** A generation from its request to its end, with its receipt: told by the live stream, and looked after without it. */
export function useGeneration(id: string | null): FollowedGeneration {
  const [known, setKnown] = useState<FollowedGeneration>({ generation: null, receipt: null, trouble: null });
  const look = useRef<() => void>(() => {});
  useEffect(() => {
    setKnown((now) => (now.generation?.id === id ? now : { generation: null, receipt: null, trouble: null }));
    if (!id) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const lookNow = async () => {
      clearTimeout(timer);
      try {
        const generation = await api.generation.byId.query({ id });
        const receipt = isSettled(generation.status) ? await api.generation.receipt.query({ id }) : null;
        if (isOver) return;
        setKnown({ generation, receipt, trouble: null });
        isOver = receipt !== null;
      } catch (error) {
        const trouble = explainFailure(error);
        if (isOver) return;
        setKnown((now) => ({ ...now, trouble }));
        isOver = !trouble.isPassing && !trouble.needsAccount;
      }
      clearTimeout(timer);
      if (!isOver) timer = setTimeout(lookNow, LOOK_AGAIN_MS);
    };
    look.current = () => {
      if (!isOver) void lookNow();
    };
    void lookNow();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [id]);
  useLive(
    { noun: 'generation', ...(id ? { nounId: id } : {}) },
    () => look.current(),
    () => look.current(),
  );
  return known;
}
