import { describeMediaModel } from './contract.ts';
import { smallModel } from './local-films.ts';

// Nothing stands behind a local film that could refuse, limit, break or hang.
describeMediaModel(
  'the maker of local films',
  async (mood) => (mood === 'answers' ? { model: smallModel, paidRequests: () => 0 } : undefined),
  { kinds: ['video.create'] },
);
