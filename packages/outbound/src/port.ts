/** Why nothing, or not all, came back. The sentence is for the person who gave the address. */
export type OutsideReason = 'forbidden' | 'unresolved' | 'unreachable' | 'timed_out' | 'too_large' | 'redirected';

export class OutsideError extends Error {
  readonly reason: OutsideReason;

  constructor(reason: OutsideReason, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'OutsideError';
    this.reason = reason;
  }
}

export type OutsideRequest = {
  /** Only GET and HEAD follow redirects. */
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Over the whole call: the name, every hop, the last byte of the body. */
  totalMs: number;
  /** Of the body as it is after decoding. */
  maxBytes: number;
  /** A body that is too long or too slow: an error, or what came of it. Refused unless told. */
  excess?: 'refuse' | 'cut';
  /** How many redirects may be followed; 3 unless told. With 0 a redirect is an answer like any other. */
  redirects?: number;
  /** Plain http is spoken only with hosts that the operator allowed. */
  httpsOnly?: boolean;
  signal?: AbortSignal;
};

export type OutsideAnswer = {
  status: number;
  headers: Headers;
  bytes: Uint8Array;
  /** True where the body was longer or slower than asked for, and only its beginning is here. */
  isCut: boolean;
  /** Where the answer came from, after redirects. */
  url: string;
};

export type OutsideFetch = {
  /** Asks an address that a person gave us. @throws OutsideError and nothing else, but for the caller's own signal. */
  (address: string, request: OutsideRequest): Promise<OutsideAnswer>;
  /** Asks nothing of the network. @throws OutsideError where the address alone shows that it would be refused. */
  judge(address: string, rules?: Pick<OutsideRequest, 'httpsOnly'>): void;
};
