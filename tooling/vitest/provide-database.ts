import type { TestProject } from 'vitest/node';
import type { TestCluster } from '../postgres/start-test-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * A migrated database per vitest worker, as superuser, each on a cluster of its own. Tests clone theirs:
     * `create database x template <its name>`. Empty when there is none.
     */
    databaseTemplateUrls: string[];
    /** Why there is no template, for the tests that want one to say so. */
    databaseTemplateProblem: string | undefined;
  }
}

const TEMPLATE = 'remixify_template';

/** Starts the Postgres of every worker and migrates the templates. Tests without a database never notice a problem. */
export default async function provideDatabase(project: TestProject): Promise<() => Promise<void>> {
  const clusters: TestCluster[] = [];
  const stop = async () => {
    await Promise.all(clusters.map((cluster) => cluster.stop()));
  };
  try {
    if (process.env['TESTS_WITHOUT_DATABASE'])
      throw new Error('This run was started without a database. Use npm test.');
    const { startTestCluster } = await import('../postgres/start-test-cluster.ts');
    const workers = Array.from({ length: project.config.maxWorkers }, async () => {
      const cluster = await startTestCluster();
      clusters.push(cluster);
      return migrateTemplate(cluster.url);
    });
    // Wait for all, so that none starts after the others were stopped.
    await Promise.allSettled(workers);
    project.provide('databaseTemplateUrls', await Promise.all(workers));
    project.provide('databaseTemplateProblem', undefined);
  } catch (problem) {
    project.provide('databaseTemplateUrls', []);
    project.provide('databaseTemplateProblem', problem instanceof Error ? problem.message : String(problem));
  }
  return stop;
}

async function migrateTemplate(clusterUrl: string): Promise<string> {
  const { default: postgres } = await import('postgres');
  const [{ migrate }, { createQueue }, { jobDefinitions }] = await Promise.all([
    import('@repo/db'),
    import('@repo/jobs'),
    import('@repo/domain/job-definitions'),
  ]);
  const client = postgres(clusterUrl, { max: 1, onnotice: () => {} });
  await client.unsafe(`create database ${TEMPLATE}`);
  await client.end();
  const url = new URL(clusterUrl);
  url.pathname = `/${TEMPLATE}`;
  await migrate(url.href);
  // The queue installs its own tables at its first start, which takes longer than to clone them.
  const queue = createQueue({
    url: url.href,
    catalog: jobDefinitions,
    onError: (error) => {
      throw error;
    },
  });
  await queue.start();
  await queue.stop();
  return url.href;
}
