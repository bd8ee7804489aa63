/** The doors every model stands behind: our words, never a vendor's. Browser-safe. */
import type {
  AspectRatio,
  ImageQuality,
  ImageSize,
  ImageStyle,
  VideoRatio,
  VideoResolution,
  VideoSeconds,
} from './kinds.ts';
import { ProviderError } from './provider-error.ts';

export * from './kinds.ts';
export * from './provider-error.ts';

/** Bytes with their media type. */
export type MediaFile = { bytes: Uint8Array; mimeType: string };
export type Picture = MediaFile;

/** How a picture shall be. What is left out, the model chooses; a model refuses (`invalid`) what it cannot. */
export type PictureWishes = {
  aspectRatio?: AspectRatio;
  style?: ImageStyle;
  quality?: ImageQuality;
  size?: ImageSize;
  /** Further pictures to look at, in the order in which the prompt speaks of them. */
  references?: readonly Picture[];
};

/** What is asked of a model that makes pictures or films. `seed` makes a deterministic model repeat itself. */
export type MediaRequest =
  | ({ kind: 'image.edit'; prompt: string; image: Picture; seed: number } & PictureWishes)
  | ({ kind: 'image.create'; prompt: string; aspectRatio: AspectRatio; seed: number } & PictureWishes)
  | {
      kind: 'video.create';
      prompt: string;
      firstFrame?: Picture;
      lastFrame?: Picture;
      seconds: VideoSeconds;
      resolution: VideoResolution;
      aspectRatio: VideoRatio;
      audio: boolean;
      seed: number;
    };

/** What a call took, as far as the vendor says; the catalogue turns it into money. */
export type Usage = { images?: number; videoSeconds?: number; inputTokens?: number; outputTokens?: number };

/** `notes` are plain sentences for the person who asked; `text` is what the model said beside its result. */
export type MediaResult = { outputs: MediaFile[]; notes: string[]; text?: string; usage?: Usage };

/** Where a generation stands. `ref` is the provider's own handle: store it, never read into it. */
export type MediaProgress =
  | { state: 'pending'; ref: string; askAgainInMs: number; fraction?: number }
  | ({ state: 'done' } & MediaResult);

/** What came of a request whose answer was lost. `unknown`: the vendor cannot say (yet). */
export type Reconciled = MediaProgress | { state: 'not_taken' } | { state: 'unknown' };

export type ModelCall = {
  /** Ends the call; an adapter must settle soon after it fires. */
  signal?: AbortSignal;
  /** True progress only: `fraction` is 0 to 1, `doing` a short phrase ("Painting snow"). */
  onProgress?: (fraction: number, doing: string) => void;
  /** Names this request for ever; sent along where the vendor knows such keys. */
  idempotencyKey?: string;
};
export type MediaCall = ModelCall;

/** A model that makes pictures or films. Slow ones answer `pending` and are asked again by `poll`. */
export interface MediaModel {
  readonly type: 'media';
  /** Provider and model id, such as `google/gemini-3.1-flash-image`. */
  readonly name: string;
  start(request: MediaRequest, call?: ModelCall): Promise<MediaProgress>;
  /** Free, and safe to repeat. A handle the vendor no longer knows throws with `isLost`. */
  poll(ref: string, call?: ModelCall): Promise<MediaProgress>;
  /** Looks a request up by the key it was sent with. Only where the vendor can be asked. */
  reconcile?(idempotencyKey: string, call?: ModelCall): Promise<Reconciled>;
}

/** A JSON Schema (draft 2020-12), as `z.toJSONSchema` makes it. */
export type JsonSchema = Record<string, unknown>;

export type TextPrompt = {
  prompt: string;
  /** Who the model is and how it shall answer. */
  system?: string;
  maxOutputTokens?: number;
};

/** What is asked of a model that answers in words, objects or numbers. */
export type TextRequest =
  | ({ kind: 'text.structured'; schema: JsonSchema; schemaName: string } & TextPrompt)
  | { kind: 'image.describe'; image: Picture; prompt: string; maxOutputTokens?: number }
  | { kind: 'text.embed'; texts: readonly string[]; dimensions?: number };
export type StreamRequest = { kind: 'text.stream' } & TextPrompt;

/** `value` is unchecked: whoever asked has the schema and must parse it. `text` is how the model put it. */
export type TextResult =
  | { kind: 'text.structured'; value: unknown; text: string; usage: Usage }
  | { kind: 'image.describe'; text: string; usage: Usage }
  /** One vector for each text, in order, all of one length. */
  | { kind: 'text.embed'; vectors: number[][]; usage: Usage };

/** A stream ends with exactly one `end`; without it the answer was cut off and the adapter throws. */
export type TextPiece = { type: 'delta'; text: string } | { type: 'end'; usage: Usage };

/** A model that reads and writes. A kind it was not made for throws `invalid`. */
export interface TextModel {
  readonly type: 'text';
  readonly name: string;
  answer(request: TextRequest, call?: ModelCall): Promise<TextResult>;
  stream(request: StreamRequest, call?: ModelCall): AsyncIterable<TextPiece>;
}

export type SpeechRequest = { kind: 'speech.create'; text: string; voice: string; format: 'mp3' | 'wav' };
export type SpeechResult = { output: MediaFile; seconds: number; notes: string[]; usage: Usage };

/** A model that speaks. */
export interface SpeechModel {
  readonly type: 'speech';
  readonly name: string;
  speak(request: SpeechRequest, call?: ModelCall): Promise<SpeechResult>;
}

export type AnyModel = MediaModel | TextModel | SpeechModel;

/** One of the few texts an agent always has before its eyes, such as what a brand stands for. */
export type MemoryBlock = { label: string; value: string; limit: number };

export type MemoryAnswer = { text: string; usage: Usage };

/** What came of an `ask` whose answer was lost. `unknown`: still at work, or nobody can say. */
export type ReconciledAsk = ({ state: 'done' } & MemoryAnswer) | { state: 'not_taken' } | { state: 'unknown' };

/** An agent that remembers. Each call is one exchange; what it learns stays with it. */
export interface MemoryAgent {
  readonly type: 'memory';
  readonly name: string;
  ask(message: string, call?: ModelCall): Promise<MemoryAnswer>;
  /**
   * Looks an `ask` up by the key it was sent with; free, and safe to repeat. One that was taken and came to nothing
   * throws with `isOver`. Only where the agent's keeper can be asked.
   */
  reconcile?(idempotencyKey: string, call?: ModelCall): Promise<ReconciledAsk>;
  /** Gives it something to keep, word by word. */
  remember(passage: string, call?: ModelCall): Promise<void>;
  readBlocks(call?: ModelCall): Promise<MemoryBlock[]>;
  writeBlock(label: string, value: string, call?: ModelCall): Promise<MemoryBlock>;
}

/** For the kinds a model was not made for. */
export const notMadeFor = (provider: string, kind: string): ProviderError =>
  new ProviderError(provider, 'invalid', { detail: `this model does no ${kind}` });
