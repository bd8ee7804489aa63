export {
  type AccessCase,
  type Answer,
  answerFor,
  aScene,
  EVERYBODY,
  type Scene,
  type SceneHouse,
  type Who,
} from './access-scene.ts';
export { accessTable } from './access-table.ts';
export { describePolicy } from './describe-policy.ts';
export { type ListedProcedure, listProcedures } from './list-procedures.ts';
