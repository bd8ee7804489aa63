import type { Actor, Db } from '@repo/db';
import type { Queue } from '@repo/jobs';
import type { OutsideFetch } from '@repo/outbound';
import type { ObjectStore } from '@repo/storage';
import type { ModelShelf } from './generation/catalogue.ts';
import type { KeyLimits } from './permissions/rules.ts';
import type { Sealer } from './sealing/sealer.ts';

export type UserActor = Extract<Actor, { kind: 'user' }>;
export type SystemActor = Extract<Actor, { kind: 'system' }>;
export type VisitorActor = Extract<Actor, { kind: 'visitor' }>;

/** What the domain works with, chosen once at start by the runtime. */
export type Tools = {
  db: Db;
  store: ObjectStore;
  queue: Queue;
  models: ModelShelf;
  /** The only way to an address that a person gave us. */
  outside: OutsideFetch;
  sealer: Sealer;
  /** True: guests may use models that cost real money. */
  guestPaid: boolean;
  now(): Date;
};

/** Where the asker's request came from, hashed; null for the system. Caps what guests are given. */
type FromWhere = {
  addressHash: string | null;
  /** The API key they came with, which narrows what they may do. */
  key?: KeyLimits | null;
  /** True: they want to know how long a list is, not only a page of it. */
  countsLists?: boolean;
};

export type ReaderContext = Tools & FromWhere & { actor: UserActor | VisitorActor };
export type UserContext = Tools & FromWhere & { actor: UserActor };
export type SystemContext = Tools & { actor: SystemActor };
export type DomainContext = Tools & { actor: Actor };
