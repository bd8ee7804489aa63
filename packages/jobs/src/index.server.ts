export { defineJob, handleJob, type Job, type JobDefinition, type JobRun } from './define-job.ts';
export { type AnyJob, createQueue, type EnqueueOptions, type Queue, type QueueOptions } from './queue.ts';
