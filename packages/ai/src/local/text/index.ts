export { createLocalTextModel, LOCAL_TEXT_MODEL_NAME } from './create-local-text-model.ts';
