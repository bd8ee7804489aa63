import { z } from 'zod';

/** The name of the job that moves a generation on; apart from its work, so that whoever asks need not know how. */
export const AdvanceGenerationInput = z.object({ generationId: z.uuid() });
export const advanceGenerationName = { name: 'generation.advance', input: AdvanceGenerationInput };
