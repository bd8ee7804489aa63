export type { CallTimeouts } from '../call/watch-call.ts';
export {
  type AzureOpenAiOptions,
  createAzureOpenAiModel,
  createOpenAiModel,
  type OpenAiOptions,
} from './create-openai-model.ts';
export {
  type AzureOpenAiTextOptions,
  createAzureOpenAiTextModel,
  createOpenAiTextModel,
  type OpenAiTextOptions,
} from './create-openai-text-model.ts';
export type { PictureSizes } from './picture-size.ts';
