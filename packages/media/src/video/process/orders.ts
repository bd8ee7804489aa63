/** What the parent and the film process agree on. No imports: both sides read it, only one of them holds GPL code. */

/** What a film is: see `probeVideo`. */
export type VideoFacts = {
  durationSeconds: number;
  /** As shown: turned upright, square pixels. */
  width: number;
  height: number;
  /** Degrees clockwise by which the stored frames are turned to be shown. */
  rotation: 0 | 90 | 180 | 270;
  /** The mean over the film, rounded to thousandths. */
  framesPerSecond: number;
  /** Such as `avc`, `hevc`, `vp9`, `av1`; `unknown` for others. */
  codec: string;
  hasAudio: boolean;
  /** `video/mp4`, `video/quicktime`, `video/webm` or `video/x-matroska`. */
  mimeType: string;
};

export type EncodeOrder = {
  do: 'encode';
  width: number;
  height: number;
  framesPerSecond: number;
  /** Where the film may be written before it is handed over; the caller's own folder. */
  folder: string;
};

/** `skip`: how many frames to let pass; the last one when the film is shorter. */
export type PosterOrder = { do: 'poster'; format: 'mov' | 'matroska'; skip: number };

/** Comes as JSON in the first argument. Bytes come by stdin, the answer goes to stdout, complaints to stderr. */
export type FilmOrder = EncodeOrder | PosterOrder | { do: 'probe' };

/** How the process ends. Any other code means that it was ended. */
export const EXIT = { done: 0, noEncoder: 64, unreadable: 65, broken: 66 } as const;
