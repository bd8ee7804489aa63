import type { AssetView, PictureView } from '@repo/domain/assets/schema';
import { useEffect, useRef, useState } from 'react';
import { api } from '#app/parts/api/api-client.ts';
import { type CallFailure, explainFailure } from '#app/parts/api/explain-failure.ts';
import { useLive } from '#app/parts/api/use-live.ts';
import { typedByContent } from './check-file.ts';
import { NotSent } from './send-bytes.ts';
import { CannotShrink, shrinkPicture } from './shrink-picture.ts';
import { patchUploadDraft, readUploadDraft } from './upload-draft.ts';
import { completeIfThere, uploadPicture } from './upload-picture.ts';

type Trouble = Pick<CallFailure, 'sentence' | 'needsAccount'>;

/** Where the ad's picture is on its way from the person's disk to being usable. */
export type PictureState =
  | { at: 'none' /** What became of the last one. */; problem: string | null }
  | { at: 'shrinking'; file: File }
  | { at: 'sending'; file: File; sentBytes: number }
  | { at: 'stopped'; file: File; assetId: string | null; trouble: Trouble }
  | { at: 'checking'; file: File | null; assetId: string; trouble: Trouble | null; isSlow: boolean }
  | { at: 'ready'; assetId: string; picture: PictureView };

export type PictureSlot = {
  state: PictureState;
  choose(file: File | null): void;
  shrink(file: File): void;
  cancel(): void;
  retry(): void;
  /** Takes a picture that is checked already, such as one that was described. */
  take(picture: PictureView): void;
};

const NONE: PictureState = { at: 'none', problem: null };
const LOOK_AGAIN_MS = 1_500;
const SLOW_AFTER_MS = 20_000;

/** The picture of an ad in the making. Its upload is found again after a reload, a sign-in, and the way back. */
export function usePicture(personId: string): PictureSlot {
  const [state, setState] = useState<PictureState>(NONE);
  const running = useRef<AbortController | null>(null);
  const keep = (assetId: string | null, fileName: string | null) => patchUploadDraft(personId, { assetId, fileName });

  const show = (asset: AssetView, file: File | null) => {
    if (asset.picture) {
      keep(asset.useId, file?.name ?? null);
      setState({ at: 'ready', assetId: asset.useId, picture: asset.picture });
    } else if (asset.status === 'rejected') {
      keep(null, null);
      setState({ at: 'none', problem: asset.failure ?? 'This picture cannot be used. Choose another one.' });
    } else {
      setState((now) =>
        now.at === 'checking' && now.assetId === asset.id
          ? { ...now, trouble: null }
          : { at: 'checking', file, assetId: asset.id, trouble: null, isSlow: false },
      );
    }
  };

  /** Whatever was under way is given up for what begins now. */
  const begin = (): AbortController => {
    running.current?.abort();
    running.current = new AbortController();
    return running.current;
  };

  const send = async (file: File, earlierId: string | null, mine: AbortController) => {
    if (mine.signal.aborted) return;
    let assetId = earlierId;
    setState({ at: 'sending', file, sentBytes: 0 });
    try {
      const asset = await uploadPicture(file, {
        earlierId,
        signal: mine.signal,
        onSlot(id) {
          assetId = id;
          keep(id, file.name);
        },
        onProgress: (sentBytes) => {
          if (!mine.signal.aborted) setState({ at: 'sending', file, sentBytes });
        },
      });
      if (!mine.signal.aborted) show(asset, file);
    } catch (error) {
      if (mine.signal.aborted) return;
      setState({ at: 'stopped', file, assetId, trouble: troubleOf(error) });
    }
  };

  const clear = () => {
    running.current?.abort();
    running.current = null;
    keep(null, null);
    setState(NONE);
  };

  useFoundAgain(personId, show, (problem) => setState({ at: 'none', problem }));
  useCheck(
    state,
    show,
    (change) => setState((now) => (now.at === 'checking' ? { ...now, ...change } : now)),
    (sentence) => {
      keep(null, null);
      setState({ at: 'none', problem: sentence });
    },
  );
  // Leaving while bytes are on their way: the browser asks, and what was begun is not sent on in secret.
  useWarning(state.at === 'sending' || state.at === 'shrinking');
  useEffect(() => () => running.current?.abort(), []);

  return {
    state,
    choose(file) {
      if (!file) return clear();
      const mine = begin();
      void typedByContent(file).then((typed) => send(typed, null, mine));
    },
    async shrink(file) {
      const mine = begin();
      setState({ at: 'shrinking', file });
      try {
        await send(await shrinkPicture(await typedByContent(file)), null, mine);
      } catch (error) {
        if (mine.signal.aborted) return;
        const problem = error instanceof CannotShrink ? error.message : 'This picture could not be made smaller.';
        setState({ at: 'none', problem });
      }
    },
    cancel: clear,
    retry() {
      if (state.at === 'stopped') void send(state.file, state.assetId, begin());
    },
    take(picture) {
      running.current?.abort();
      keep(picture.id, null);
      setState({ at: 'ready', assetId: picture.id, picture });
    },
  };
}

const troubleOf = (error: unknown): Trouble =>
  error instanceof NotSent ? { sentence: error.message, needsAccount: false } : explainFailure(error);

/** On arrival: the upload that this tab was about. */
function useFoundAgain(
  personId: string,
  show: (asset: AssetView, file: null) => void,
  lose: (problem: string | null) => void,
): void {
  const handlers = useRef({ show, lose });
  useEffect(() => {
    const { assetId, fileName } = readUploadDraft(personId);
    if (!assetId) return;
    let isGone = false;
    const { show, lose } = handlers.current;
    const findAgain = async () => {
      const asset = await api.assets.byId.query({ id: assetId });
      const found = asset.status === 'awaiting' ? await completeIfThere(assetId) : asset;
      if (isGone) return;
      if (found) return show(found, null);
      patchUploadDraft(personId, { assetId: null, fileName: null });
      lose(
        `The upload of ${fileName ? `“${fileName}”` : 'your picture'} was cut off. Choose it again: your text is kept.`,
      );
    };
    // What cannot be found any more (deleted meanwhile, or another account's) is simply not shown.
    findAgain().catch(() => {});
    return () => {
      isGone = true;
    };
  }, [personId]);
}

/** Follows a check to its end: told by the live stream, and looked after for the case that the stream is away. */
function useCheck(
  state: PictureState,
  show: (asset: AssetView, file: File | null) => void,
  note: (change: { trouble?: Trouble; isSlow?: boolean }) => void,
  lose: (sentence: string) => void,
): void {
  const assetId = state.at === 'checking' ? state.assetId : null;
  const file = state.at === 'checking' ? state.file : null;
  const look = useRef<() => void>(() => {});
  const handlers = useRef({ show, note, lose });
  useEffect(() => {
    handlers.current = { show, note, lose };
  });
  useEffect(() => {
    if (!assetId) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const lookNow = async () => {
      clearTimeout(timer);
      try {
        const asset = await api.assets.byId.query({ id: assetId });
        if (!isOver) handlers.current.show(asset, file);
      } catch (error) {
        const failure = explainFailure(error);
        if (isOver) return;
        if (failure.isPassing || failure.needsAccount) handlers.current.note({ trouble: failure });
        else handlers.current.lose(failure.sentence);
      }
      clearTimeout(timer);
      if (!isOver) timer = setTimeout(lookNow, LOOK_AGAIN_MS);
    };
    const slow = setTimeout(() => handlers.current.note({ isSlow: true }), SLOW_AFTER_MS);
    look.current = () => void lookNow();
    timer = setTimeout(lookNow, LOOK_AGAIN_MS / 3);
    return () => {
      isOver = true;
      look.current = () => {};
      clearTimeout(timer);
      clearTimeout(slow);
    };
  }, [assetId, file]);
  useLive(
    { noun: 'asset', ...(assetId ? { nounId: assetId } : {}) },
    () => look.current(),
    () => look.current(),
  );
}

function useWarning(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isNeeded]);
}
