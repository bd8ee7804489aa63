import { type AccessCase, staffOnly } from './access-scene.ts';

/** The rows of what only the staff look at. */
export const operationsTable: Record<string, readonly AccessCase[]> = {
  'operations.models': [
    { when: 'it is asked for', input: () => undefined, ...staffOnly('Only the staff may look at the catalogue.') },
  ],
  'operations.alerts': [
    { when: 'it is asked for', input: () => undefined, ...staffOnly('Only the staff may look at alerts.') },
  ],
  'operations.engine': [
    {
      when: 'it is asked for',
      input: () => undefined,
      ...staffOnly('Only the staff may look at how the engine does.'),
    },
  ],
  'operations.find': [
    {
      when: 'somebody is looked for',
      input: () => ({ words: 'ada' }),
      ...staffOnly('Only the staff may look for people and brands.'),
    },
  ],
  'operations.account': [
    {
      when: 'it is the person’s',
      input: ({ actors }) => ({ of: { userId: actors.person.actor.userId } }),
      ...staffOnly('Only the staff may look at the credits of others.'),
    },
  ],
  'operations.receipt': [
    {
      when: 'the generation is the person’s',
      input: ({ draft }) => ({ id: draft.generationId }),
      ...staffOnly('Only the staff may look at the receipts of others.'),
    },
  ],
};
