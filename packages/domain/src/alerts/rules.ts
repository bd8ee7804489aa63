/** What is watched. Browser-safe. */
export const ALERT_RULES = [
  ...(['provider_down', 'error_rate', 'queue_age', 'dead_jobs', 'ledger', 'odd_spend', 'odd_sign_ups'] as const),
  ...(['disk', 'old_keys', 'old_backup'] as const),
] as const;
export type AlertRule = (typeof ALERT_RULES)[number];
export type AlertFacts = Record<string, string | number>;
export type Severity = 'warning' | 'critical';

/** Something that is wrong at this moment. */
export type Finding = { rule: AlertRule; key: string; severity: Severity; facts: AlertFacts };

/** From where on something is an alert. docs/operating.md shows this table. */
export const LIMITS = {
  providerDownMinutes: 2,
  /** Of what was answered within five minutes, when that were at least so many. */
  errorShare: 0.05,
  errorMinRequests: 20,
  queueAgeMinutes: 5,
  /** Buried within an hour; one mail is enough. */
  deadJobs: 3,
  /** The last hour's cost against the mean hour of the week before, above so many dollars. */
  spendTimes: 5,
  spendFloorUsd: 20,
  signUpTimes: 10,
  signUpFloor: 50,
  diskFreeShare: 0.05,
  diskCriticalShare: 0.01,
  keyDays: 90,
  backupHours: 26,
} as const;

/** It is over when it was not seen for so long: what comes and goes is one alert. */
export const QUIET_MS = 5 * 60_000;
/** Whoever is told is told again at most this often while it goes on. */
export const REMIND_MS = 6 * 60 * 60_000;

/** What is wrong and what to do, in plain sentences. */
export function sayAlert(rule: AlertRule, facts: AlertFacts): { what: string; todo: string } {
  const fact = (name: string) => String(facts[name] ?? '?');
  switch (rule) {
    case 'provider_down':
      return {
        what: `${fact('provider')} does not answer: ${fact('models')}.`,
        todo: 'Look at the provider’s status page and at the key. Requests go to other models where people chose “auto”; nothing is charged for failures.',
      };
    case 'error_rate':
      return {
        what: `${fact('percent')} % of the ${fact('requests')} requests of the last five minutes failed with an error of ours.`,
        todo: 'Search the logs for "level":"error", newest first. If it began with a deploy, go back to the version before.',
      };
    case 'queue_age':
      return {
        what: `${fact('what')} has been waiting for ${fact('minutes')} minutes.`,
        todo: 'See that a worker runs, and start more of them if all are busy. The page Operations shows what waits for which provider.',
      };
    case 'dead_jobs':
      return {
        what: `${fact('count')} × ${fact('job')} failed for good within the last hour.`,
        todo:
          facts['job'] === 'accounts.send-mail'
            ? 'People wait for mails that did not leave. Check the mail server and SMTP_URL; people may ask for a new mail.'
            : 'Search the logs for this job. What it was about is kept in the queue’s table for a day.',
      };
    case 'ledger':
      return {
        what: `The books are not even: ${fact('wrong')} found.`,
        todo: 'Stop the workers, keep a copy of the database, and look at the movements of the last hour. The command npm run rebuild mends balances from the entries.',
      };
    case 'odd_spend':
      return {
        what: `Providers cost ${fact('usd')} dollars in the last hour; usually it is ${fact('usualUsd')}.`,
        todo: 'The page Usage shows who and which model. Lower a quota, or switch the model off with DISABLED_MODELS.',
      };
    case 'odd_sign_ups':
      return {
        what: `${fact('count')} accounts were made in the last hour; usually it is ${fact('usual')}.`,
        todo: 'If nobody advertised: look where they come from, and set tighter limits in front of the sign-up page.',
      };
    case 'disk':
      return {
        what: `${fact('place')} has ${fact('freeGb')} GB free (${fact('percent')} %).`,
        todo: 'Make room or give it more. With less than 1 % free, Postgres stops taking writes.',
      };
    case 'old_keys':
      return {
        what: `The key that columns are encrypted with is ${fact('days')} days old.`,
        todo: 'Make a new one by the command npm run keys:rotate.',
      };
    case 'old_backup':
      return {
        what:
          facts['hours'] === 'never'
            ? 'Backups are on, and none was ever made.'
            : `The last backup is ${fact('hours')} hours old.`,
        todo: 'Search the worker’s log for "backup", and see that its folder takes writes. The command npm run backup makes one now.',
      };
    default:
      return rule satisfies never;
  }
}
