import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * The migrated database that tests clone, as superuser: `create database x template <its name>`.
     * Absent when the run was started without a database.
     */
    databaseTemplateUrl: string | undefined;
    /** Why there is no template, for the tests that want one to say so. */
    databaseTemplateProblem: string | undefined;
  }
}

const TEMPLATE = 'remixify_template';

/** Starts one Postgres for the whole run and migrates the template. Tests without a database never notice a problem. */
export default async function provideDatabase(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env['TESTS_WITHOUT_DATABASE']) {
    project.provide('databaseTemplateUrl', undefined);
    project.provide('databaseTemplateProblem', 'This run was started without a database. Use npm test.');
    return;
  }
  const { startTestCluster } = await import('../postgres/start-test-cluster.ts');
  const cluster = await startTestCluster().catch((problem: unknown) => problem);
  if (!isCluster(cluster)) {
    project.provide('databaseTemplateUrl', undefined);
    project.provide('databaseTemplateProblem', String(cluster));
    return;
  }
  try {
    project.provide('databaseTemplateUrl', await migrateTemplate(cluster.url));
    project.provide('databaseTemplateProblem', undefined);
  } catch (problem) {
    project.provide('databaseTemplateUrl', undefined);
    project.provide('databaseTemplateProblem', `The test database could not be migrated. ${problem}`);
  }
  return cluster.stop;
}

async function migrateTemplate(clusterUrl: string): Promise<string> {
  const { default: postgres } = await import('postgres');
  const { migrate } = await import('@repo/db');
  const client = postgres(clusterUrl, { max: 1, onnotice: () => {} });
  await client.unsafe(`create database ${TEMPLATE}`);
  await client.end();
  const url = new URL(clusterUrl);
  url.pathname = `/${TEMPLATE}`;
  await migrate(url.href);
  return url.href;
}

const isCluster = (value: unknown): value is { url: string; stop: () => Promise<void> } =>
  typeof value === 'object' && value !== null && 'url' in value && 'stop' in value;
