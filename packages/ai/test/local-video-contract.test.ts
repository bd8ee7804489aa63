import { createLocalVideoModel } from '../src/local/index.server.ts';
import { describeMediaModel } from './contract.ts';

// Nothing stands behind a local film that could refuse, limit, break or hang.
describeMediaModel(
  'the maker of local films',
  async (mood) => (mood === 'answers' ? { model: createLocalVideoModel(), paidRequests: () => 0 } : undefined),
  { kinds: ['video.create'] },
);
