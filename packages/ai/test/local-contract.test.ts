import { createLocalModel } from '../src/local/index.server.ts';
import { describeMediaModel } from './contract.ts';

// Nothing stands behind the local model that could refuse, limit, break or hang.
describeMediaModel('the local model', async (mood) =>
  mood === 'answers' ? { model: createLocalModel(), paidRequests: () => 0 } : undefined,
);
